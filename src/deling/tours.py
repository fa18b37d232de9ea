"""The ways that staff take from event to event, computed from a plan alone."""
