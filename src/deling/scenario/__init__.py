"""Reading scenarios and plans: files in, frozen `deling.domain` types or a list of problems out."""
