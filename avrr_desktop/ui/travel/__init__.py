"""The page "Travel" of a case: the flights, what follows from them, and who meets whom where."""
