"""Bulk data for load tests: a few cases the verbs live through themselves, the rest are copies."""
