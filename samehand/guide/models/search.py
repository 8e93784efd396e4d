"""What the search looks into. A shelf is what is searched together: "pl", "en", or one laid out for a trial.

All of it can be made anew from the articles and the synonyms, but for what the office added.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from samehand.guide.models.articles import Revision
from samehand.guide.models.problems import Problem
from samehand.people.models import Language, Staff


class Shelf(models.Model):
    """By what rules a shelf was laid out: the mark of its synonyms."""

    name = models.CharField(max_length=20, unique=True)
    rules = models.CharField(max_length=40)


class Lemma(models.Model):
    """A word as a dictionary has it, or a family of words ("~zgub") that `family` of its members names."""

    shelf = models.CharField(max_length=20)
    text = models.CharField(max_length=80)
    # The index tells a search which families have one member only: they say nothing that it does not.
    family = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["shelf", "text"], name="lemma_is_one"),)


class Form(models.Model):
    """A form of a lemma, folded: what is typed; "=..." is the stem that unknown forms are looked up by."""

    lemma = models.ForeignKey(Lemma, on_delete=models.CASCADE, related_name="forms")
    shelf = models.CharField(max_length=20)
    folded = models.CharField(max_length=80)
    shown = models.CharField(max_length=80, help_text="With its marks.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["folded", "shelf", "lemma"], name="form_is_one"),)
        # For words with a slip of the pen: what looks alike.
        indexes = (GinIndex(OpClass("folded", name="gin_trgm_ops"), name="form_alike"),)


class Document(models.Model):
    """An article as it is searched. In a trial there is neither problem nor revision, only the key."""

    shelf = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    problem = models.ForeignKey(Problem, null=True, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=300, help_text="The title's words, folded, with a space before each.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["shelf", "key"], name="document_is_one"),)


class Posting(models.Model):
    """How much a lemma speaks for a document, from 0 to 1 (`core.search.weighing`)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="postings")
    lemma = models.ForeignKey(Lemma, on_delete=models.CASCADE, related_name="+", db_index=False)
    weight = models.FloatField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["lemma", "document"], name="posting_is_one", include=["weight"]),
        )


class Sense(models.Model):
    """What several words mean alike; not `equal`: only what they lead to. `origin` is the rule that it was made of."""

    shelf = models.CharField(max_length=20, db_index=True)
    equal = models.BooleanField()
    origin = models.CharField(max_length=200)


class Expression(models.Model):
    """A word of a way to say a sense: way `number` is said when each of its `places` has one of its lemmas.

    Articles are not searched for a `silent` word, as "do" in "do kiedy"; `loud` is how many others the way has.
    """

    sense = models.ForeignKey(Sense, on_delete=models.CASCADE, related_name="expressions")
    number = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    silent = models.BooleanField(default=False)
    loud = models.PositiveIntegerField(default=1)
    lemma = models.ForeignKey(Lemma, on_delete=models.CASCADE, related_name="+")


class Lead(models.Model):
    """Who says one thing may mean another as well: Greece leads to roaming and to the Union."""

    sense = models.ForeignKey(Sense, on_delete=models.CASCADE, related_name="leads")
    to = models.ForeignKey(Sense, on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField()


class SensePosting(models.Model):
    """How much a sense speaks for a document, from 0 to 1, and by which lemma: the best of its expressions there.

    Made of postings and expressions when either is laid out: a search reads a row for each article, not one for each
    article and each synonym.
    """

    sense = models.ForeignKey(Sense, on_delete=models.CASCADE, related_name="+", db_index=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    # Lemmas go with their whole shelf only: PostgreSQL need not look through these rows for each of thousands.
    lemma = models.ForeignKey(
        Lemma, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )  # fmt: skip
    weight = models.FloatField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sense", "document"], name="sense_posting_is_one", include=["weight"]),
        )


class Vector(models.Model):
    """What a document means, as an embedder has it: a vector of length 1 in 32-bit floats, the lowest byte first."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", db_index=False)
    shelf = models.CharField(max_length=20)
    embedder = models.CharField(max_length=200)
    unit = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["document", "embedder"], name="vector_is_one"),)
        # Each search asks whether one came or went.
        indexes = (models.Index(fields=["shelf", "embedder", "id"], name="vector_of_shelf"),)


class Synonym(models.Model):
    """What the office added to the synonyms that come with the house; `means` is empty when all words mean the same."""

    language = models.CharField(_("language"), max_length=5, choices=Language.choices, default=Language.POLISH)
    words = ArrayField(models.CharField(max_length=80), verbose_name=_("words that customers use"))
    means = ArrayField(models.CharField(max_length=80), verbose_name=_("words of the guide"), default=list, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    added_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("language", "-added_at", "-id")

    def __str__(self) -> str:
        left = ", ".join(self.words)
        return f"{left} -> {', '.join(self.means)}" if self.means else left
