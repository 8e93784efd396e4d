"""The brief of a case: each rule as a table, then whole cases, then what hostile text does to it."""
