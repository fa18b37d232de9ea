"""The rules and goals in CP-SAT: candidates in, plans out."""
