"""Lists invented names: nobody and no company in the packs exists."""

FIRST_NAMES = (
    "Amira", "Bela", "Carlos", "Dunja", "Emeka", "Farid", "Greta", "Hanna", "Ilja", "Jana",
    "Kofi", "Lena", "Mirko", "Nadia", "Olek", "Priya", "Quirin", "Rosa", "Selma", "Tomas",
    "Ulla", "Viktor", "Wanda", "Yusuf", "Zora",
)  # fmt: skip
LAST_NAMES = (
    "Abelo", "Brandner", "Castro", "Dobrin", "Engström", "Falkner", "Grohe", "Hatami", "Ivanek",
    "Jurado", "Kessel", "Lindqvist", "Marek", "Nowotny", "Okafor", "Petrak", "Quist", "Rademaker",
    "Sandoval", "Tarkan", "Ullmer", "Varga", "Wessely", "Yilmaz", "Zelinka",
)  # fmt: skip
TOWNS = (
    "Ardenheim", "Brackwater", "Corvale", "Dunmore Bay", "Eastholm", "Fernwick", "Galtbrunn",
    "Hollenstadt", "Ingelby", "Kaltwasser", "Lowmere", "Marnau", "Northgate", "Oberfurt",
)  # fmt: skip
