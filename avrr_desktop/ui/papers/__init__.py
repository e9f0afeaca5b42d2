"""The papers of a case: seen as they will be, checked for harm, printed or saved."""
