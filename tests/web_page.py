"""A written page, read as a browser without a script reads it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "hr", "img", "link"}


class Page(HTMLParser):
    """Checks that every element ends where it should, and keeps what the tests ask for."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.tags, self.texts, self.script = [], [], [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _value in attributes]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, dict(attributes)))
        self.ids += [value for name, value in attributes if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] not in (["script"], ["style"]):
            self.texts.append(data.strip())

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self):
        return " ".join(filter(None, self.texts))


def data_of(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


def sound(page: Page) -> None:
    """Assert that ids are a page's own, that what refers to them finds them, and that tables and
    pictures say what they show."""
    assert len(page.ids) == len(set(page.ids))
    targets = [link["href"][1:] for link in page.all("a")]
    assert [target for target in targets if target not in page.ids] == []
    for _tag, attributes in page.tags:
        for name in ("aria-labelledby", "aria-describedby"):
            for target in (attributes.get(name) or "").split():
                assert target in page.ids
    for header in page.all("th"):
        assert header.get("scope") in ("col", "row", "colgroup")
    assert len(page.all("table")) == len(page.all("caption"))
    for picture in page.all("svg"):
        assert picture.get("aria-hidden") == "true" or picture["aria-labelledby"].split()
