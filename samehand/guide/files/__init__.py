"""The guide as files: one Markdown text a problem and language, shelves and trees in YAML, pictures.

    DIR/categories.yaml   DIR/pl/KEY.md   DIR/en/KEY.md   DIR/trees/KEY.yaml   DIR/pictures/NAME.png

What is read is data from outside: nothing is followed out of the folder, nothing is read without an end.
"""

from samehand.guide.files.articles import ArticleFile, Read, read_article, written
from samehand.guide.files.folders import Entry, Folder, NoGuide, UnsafePlace, look, put
from samehand.guide.files.shelves import Shelf, read_shelves, written_shelves
from samehand.guide.files.telling import said

__all__ = [
    "ArticleFile",
    "Entry",
    "Folder",
    "NoGuide",
    "Read",
    "Shelf",
    "UnsafePlace",
    "look",
    "put",
    "read_article",
    "read_shelves",
    "said",
    "written",
    "written_shelves",
]
