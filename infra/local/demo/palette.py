"""The colours the portraits are made of: the brand's blue with warm company, and skin and hair as people have them."""

SKIN = {  # (plain, in shade)
    "porcelain": ("#F6D3BD", "#E8B79C"),
    "fair": ("#F0C3A0", "#DEA47D"),
    "wheat": ("#DFA878", "#C68A5A"),
    "tan": ("#C98E5E", "#AF7344"),
    "brown": ("#A96C42", "#8C5530"),
    "umber": ("#8A5433", "#6E4026"),
    "deep": ("#6A3E28", "#52301F"),
}
HAIR = {  # (plain, where light falls)
    "black": ("#1D1A22", "#35303D"),
    "soft-black": ("#2A2226", "#443A3E"),
    "brown": ("#4A2C20", "#64402F"),
    "chestnut": ("#6B3B24", "#875036"),
    "sand": ("#B98449", "#CF9E63"),
    "auburn": ("#8C3F22", "#A95735"),
    "grey": ("#8B8F9A", "#A5A9B3"),
    "silver": ("#C9CCD4", "#DEE0E6"),
}
CLOTH = {  # (plain, in shade)
    "navy": ("#1E3A8A", "#172D6B"),
    "sky": ("#8FB0F5", "#7396E2"),
    "amber": ("#F5B731", "#DD9C18"),
    "clay": ("#D9694A", "#BF5236"),
    "rose": ("#E58C8A", "#CF7272"),
    "leaf": ("#3E8E7E", "#2F7567"),
    "plum": ("#6C4A8E", "#573A75"),
    "cream": ("#FBEFD9", "#EBD9B8"),
    "white": ("#FFFFFF", "#E3E8F3"),
    "ink": ("#232C4A", "#182038"),
    "wine": ("#8E2F4A", "#74233B"),
}
BACKDROP = {  # (field, shape upon it)
    "tint": ("#DCE5FB", "#C2D2F8"),
    "blue": ("#4A6BD0", "#3D5CBD"),
    "navy": ("#24429A", "#1E3A8A"),
    "honey": ("#FCE3A6", "#F9D077"),
    "peach": ("#FBD9C6", "#F6C2A6"),
    "mint": ("#CFE8DF", "#B3D9CC"),
    "lilac": ("#E0DAF5", "#CDC3EE"),
    "coral": ("#F3A287", "#EC8C6C"),
}
EYE, LIP, TEETH = "#241C22", "#BF5A52", "#FFFFFF"
