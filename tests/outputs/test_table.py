"""CSV dialects and cells that a spreadsheet would run."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from deling.outputs.table import EXCEL, PLAIN, cell_text, write_table

HEADER = ("name", "amount")
ROWS = [("Børnehuset; „Æblet“", Decimal("-1234.50")), ("to\nlinjer", 7), (None, None)]


def test_plain_is_utf8_with_commas_and_points(tmp_path):
    write_table(tmp_path / "t.csv", HEADER, ROWS, PLAIN)
    assert (tmp_path / "t.csv").read_bytes() == (
        'name,amount\nBørnehuset; „Æblet“,-1234.50\n"to\nlinjer",7\n,\n'.encode()
    )


def test_excel_is_utf8_with_mark_semicolons_decimal_commas_and_windows_lines(tmp_path):
    write_table(tmp_path / "t.csv", HEADER, ROWS, EXCEL)
    raw = (tmp_path / "t.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfname;amount\r\n")
    assert '"Børnehuset; „Æblet“";-1234,50\r\n'.encode() in raw
    table = pd.read_csv(tmp_path / "t.csv", sep=";", decimal=",", encoding="utf-8-sig")
    assert table["amount"].tolist()[:2] == [-1234.5, 7]


@pytest.mark.parametrize("text", ["=1+1", "+45 1234", "-x", "@SUM(A1)", "\t=1", "\r=1"])
@pytest.mark.parametrize("dialect", [PLAIN, EXCEL])
def test_text_that_a_spreadsheet_would_run_is_escaped(text, dialect):
    assert cell_text(text, dialect) == f"'{text}"


def test_numbers_keep_their_sign():
    assert cell_text(-3, EXCEL) == "-3"
    assert cell_text(Decimal("-0.50"), EXCEL) == "-0,50"
    assert cell_text(Decimal("1E+3"), PLAIN) == "1000"
