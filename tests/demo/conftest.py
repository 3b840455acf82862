from tests.outbox.letters import example_templates, person

__all__ = ["example_templates", "person"]
