"""What a consultant may send from the case page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samehand.core.dispatches import File

MAX_TEXT = 200_000
# Base64 makes a third more of it, and many servers stop at 25 to 35 MB.
MAX_FILES = 20 * 1000 * 1000
MAX_FILE_COUNT = 20


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, together small enough for a mail."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [super(FilesField, self).clean(one, initial) for one in data or [] if one]
        if len(files) > MAX_FILE_COUNT:
            raise ValidationError(_("Please attach at most %(count)d files."), params={"count": MAX_FILE_COUNT})
        if sum(file.size or 0 for file in files) > MAX_FILES:
            raise ValidationError(_("Together the files are larger than 20 MB: too large for a mail."))
        return files


class ReplyForm(forms.Form):
    text = forms.CharField(max_length=MAX_TEXT, strip=False)
    seen = forms.IntegerField(min_value=0)
    solve = forms.BooleanField(required=False)
    more_follows = forms.BooleanField(required=False)
    to = forms.CharField(max_length=320, required=False)
    sender = forms.CharField(max_length=254, required=False)
    in_spite_of = forms.CharField(max_length=300, required=False)
    attachments = FilesField(required=False, widget=ManyFiles, allow_empty_file=True)

    def to_send(self) -> list[File]:
        return [
            File(
                name=(file.name or "").replace("\r", " ").replace("\n", " "),
                content_type=file.content_type or "application/octet-stream",
                content=file.read(),
            )
            for file in self.cleaned_data["attachments"]
        ]


class NoteForm(forms.Form):
    text = forms.CharField(max_length=MAX_TEXT, strip=False)


class HandOverForm(forms.Form):
    to = forms.IntegerField(min_value=1)
    word = forms.CharField(max_length=MAX_TEXT, required=False)
