from tests.personas import anna, marek, ola

__all__ = ["anna", "marek", "ola"]
