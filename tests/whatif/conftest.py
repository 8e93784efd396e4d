from tests.personas import adam, anna, marek, ola

__all__ = ["adam", "anna", "marek", "ola"]
