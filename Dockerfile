# The roles of Samehand in one image; which one runs is the container's command (web, worker, doors, watch).
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/samehand
COPY requirements.lock ./
RUN /opt/samehand/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY samehand samehand
RUN /opt/samehand/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/samehand/bin/python -c "from samehand.config.messages import compile_stale; compile_stale()"

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /var/lib/samehand samehand
COPY --from=build /opt/samehand /opt/samehand
ENV PATH=/opt/samehand/bin:$PATH PYTHONUNBUFFERED=1 SAMEHAND_DATA=/var/lib/samehand SAMEHAND_BIND=0.0.0.0
USER samehand
VOLUME /var/lib/samehand
EXPOSE 8000 2525 2424
STOPSIGNAL SIGTERM
ENTRYPOINT ["samehand"]
CMD ["web"]
