"""Pictures of a graph: pages that work offline, positions computed beforehand, evidence behind every line."""
