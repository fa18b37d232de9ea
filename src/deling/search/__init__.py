"""The search: a first plan, its improvement, and the bound it is measured against."""
