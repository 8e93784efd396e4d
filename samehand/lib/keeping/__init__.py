"""Django's PostgreSQL backend with connections that outlive the threads of the pages."""
