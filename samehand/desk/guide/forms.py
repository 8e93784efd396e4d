"""What editors fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from samehand.guide.actions import Text
from samehand.guide.models import Category, Kind, Problem, Significance
from samehand.people.models import Language, Staff

KEYWORDS, KEYWORD = 40, 80


class WordsField(forms.CharField):
    """Words between commas or on lines of their own; its value is a list without doubles."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        longest = KEYWORDS * (KEYWORD + 2)
        super().__init__(required=required, max_length=longest, widget=forms.Textarea, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        words = [" ".join(word.split()) for word in super().clean(value).replace("\n", ",").split(",")]
        kept = list(dict.fromkeys(word for word in words if word))
        if too_long := next((word for word in kept if len(word) > KEYWORD), None):
            raise ValidationError(
                _("“%(word)s…” is too long: put commas between the words."), params={"word": too_long[:30]}
            )
        if len(kept) > KEYWORDS:
            raise ValidationError(
                ngettext("At most %(count)d word.", "At most %(count)d words.", KEYWORDS) % {"count": KEYWORDS}
            )
        return kept


class DraftForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.CharField(
        label=_("Address"),
        max_length=120,
        required=False,
        help_text=_("Made of the title when empty. When it changes, the old address leads here."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text=_("One or two sentences: lists and search results show them."),
    )
    keywords = WordsField(
        label=_("Other words"), help_text=_("How customers say it, with commas between. Not shown, but searched.")
    )
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"spellcheck": "true"}), strip=False)
    note = forms.CharField(label=_("What changed"), max_length=300, required=False)
    significance = forms.ChoiceField(
        label=_("What the change means"), choices=Significance.choices, initial=Significance.MEDIUM
    )
    follows = forms.BooleanField(
        label=_("The translation now follows the source's newest version"), required=False, initial=True
    )

    def text(self) -> Text:
        said = self.cleaned_data
        slug = said["slug"] or slug_of(said["title"])
        return Text(said["title"], slug, said["body"], said["summary"], said["keywords"])


class ProblemForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("As a customer would say it: “I lost my SIM card”.")
    )
    key = forms.CharField(
        label=_("Key"),
        max_length=60,
        validators=[validate_slug],
        help_text=_("Small letters and hyphens, for example sim-lost. It never changes."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.all(), to_field_name="key")
    source_language = forms.ChoiceField(label=_("Written first in"), choices=Language.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].label_from_instance = named  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).lower()
        if Problem.objects.filter(key=key).exists():
            raise ValidationError(_("There is a problem with this key already."))
        return key


class KeepForm(forms.Form):
    """Who looks after a problem, and how often."""

    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Staff.objects.filter(is_active=True), required=False, empty_label=_("nobody")
    )
    review_every = forms.IntegerField(label=_("Look at it again after (days)"), min_value=7, max_value=1095)
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.all(), to_field_name="key")
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].label_from_instance = named  # type: ignore[attr-defined]


class PictureForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        validators=[validate_slug],
        help_text=_("Articles show it by ![what it shows](picture:name). One of the same name is replaced."),
    )
    file = forms.FileField(label=_("Picture"), help_text=_("PNG, JPEG, WebP or GIF, at most 5 MB."))

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).lower()


class SynonymForm(forms.Form):
    """One line of the search's vocabulary: what customers type, and what it means or leads to."""

    words = WordsField(
        label=_("What customers type"), help_text=_("A word or a few, with commas between: “neta, necik”."),
        required=True,
    )  # fmt: skip
    means = WordsField(label=_("What it means"), help_text=_("As the articles say it: “internet”."))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    both = forms.BooleanField(label=_("The other way round, too"), required=False)

    def rule(self) -> dict[str, Any]:
        """As `guide.searching.add_synonym` takes it: without `means` all words mean the same."""
        said = self.cleaned_data
        words, means = said["words"], said["means"]
        if said["both"]:
            words, means = [*words, *means], []
        return {"words": words, "means": means, "language": said["language"]}


class CategoryForm(forms.Form):
    """A shelf: its names, addresses and summaries by language. `of`: the one that it changes."""

    key = forms.CharField(label=_("Key"), max_length=60, validators=[validate_slug])
    icon = forms.CharField(
        label=_("Symbol"), max_length=40, required=False, help_text=_("A name of the symbols: “phone”.")
    )
    place = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=1000, required=False)

    def __init__(self, data: Any = None, *, of: Category | None = None) -> None:
        super().__init__(data, initial=_shelved(of) if of else None, auto_id=f"{of.key if of else 'new'}-%s")
        for language, name in Language.choices:
            self.fields[f"name_{language}"] = forms.CharField(label=f"{_('Name')} ({name})", max_length=80)
            self.fields[f"slug_{language}"] = forms.CharField(
                label=f"{_('Address')} ({name})", max_length=60, validators=[validate_slug]
            )
            self.fields[f"summary_{language}"] = forms.CharField(
                label=f"{_('Summary')} ({name})", max_length=300, required=False
            )
        del self.fields["key" if of else "place"]

    def by_language(self, field: str) -> dict[str, str]:
        return {language: self.cleaned_data[f"{field}_{language}"] for language in Language.values}

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).lower()
        if Category.objects.filter(key=key).exists():
            raise ValidationError(_("There is a category with this key already."))
        return key

    def clean_place(self) -> int:
        return int(self.cleaned_data["place"] or 0)


def _shelved(category: Category) -> dict[str, Any]:
    said: dict[str, Any] = {"icon": category.icon, "place": category.place}
    for language in Language.values:
        said[f"name_{language}"] = category.names.get(language, "")
        said[f"slug_{language}"] = category.slugs.get(language, "")
        said[f"summary_{language}"] = category.summaries.get(language, "")
    return said


def slug_of(title: str) -> str:
    """ "Zgubiłam kartę" -> "zgubilam-karte"."""
    # NFKD, which slugify uses, leaves the Polish ł as it is and then drops it.
    return slugify(title.replace("ł", "l").replace("Ł", "L"))[:60].strip("-")


def named(category: Category) -> str:
    """The category's name in the language of the page."""
    names = category.names
    return str(names.get(get_language() or "") or names.get("pl") or category.key)
