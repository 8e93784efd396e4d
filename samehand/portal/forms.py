"""What the customer writes on her page."""

from __future__ import annotations

import re
import secrets
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

MAX_TEXT = 20_000
MAX_FILES = 10
MAX_BYTES = 15 * 1024 * 1024
Upload: TypeAlias = "UploadedFile[Any]"
FORM_NUMBER = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_number() -> str:
    """Tells one opened form from another: the same form sent twice is one message."""
    return secrets.token_urlsafe(18)


def files_hint() -> str:
    said = {"count": MAX_FILES, "megabytes": MAX_BYTES // 1024 // 1024}
    return _("Up to %(count)d files, %(megabytes)d MB together.") % said


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; empty ones are refused by name, as the field for one file does."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        return [super(FilesField, self).clean(file, initial) for file in data or []]


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your message"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "max_length": gettext_lazy("This is longer than %(limit_value)d characters. Send it in two messages.")
        },
    )
    attached = FilesField(label=gettext_lazy("Files"), required=False, help_text=lazy(files_hint, str)())
    form = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"].widget.attrs |= {"data-most": MAX_BYTES, "data-too-large": files_hint()}

    def clean_form(self) -> str:
        number = str(self.cleaned_data["form"])
        # Without the number (an old browser, a script) nothing is lost: only the guard against a double click is.
        return number if FORM_NUMBER.fullmatch(number) else new_number()

    def clean_attached(self) -> list[Upload]:
        files: list[Upload] = self.cleaned_data["attached"]
        if len(files) > MAX_FILES:
            raise ValidationError(_too_many(len(files)))
        total = sum(file.size or 0 for file in files)
        if total > MAX_BYTES:
            said = {"total": filesizeformat(total), "limit": filesizeformat(MAX_BYTES)}
            raise ValidationError(_("The files have %(total)s together; we take up to %(limit)s at once.") % said)
        return files

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("text") and not said.get("attached"):
            self.add_error("text", _("Write a message or choose a file."))
        return said


def _too_many(count: int) -> str:
    return ngettext(
        "You chose %(count)d file; we take up to %(limit)d at once.",
        "You chose %(count)d files; we take up to %(limit)d at once.",
        count,
    ) % {"count": count, "limit": MAX_FILES}
