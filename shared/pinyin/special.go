package pinyin

// Readings that a table of single characters gets wrong: surnames at the start
// of a name, and words of places. The value holds one letter for each character.
var (
	surnames = map[string]string{
		"单": "s", "查": "z", "仇": "q", "解": "x", "区": "o", "朴": "p", "盖": "g", "翟": "z", "乐": "y", "召": "s", "种": "c", "员": "y",
		"覃": "q", "曾": "z", "任": "r", "尉迟": "yc", "长孙": "zs", "万俟": "mq", "单于": "cy", "令狐": "lh", "缪": "m", "洗": "x", "冼": "x",
		"晟": "c", "繁": "p", "黑": "h", "秘": "b", "折": "s", "撒": "s", "牟": "m", "葛": "g", "宁": "n", "俞": "y", "郇": "x", "逄": "p",
	}
	words = map[string]string{
		"浚县": "xx", "浚州": "xz", "浚": "x", "长安": "ca", "长江": "cj", "长城": "cc", "重阳": "cy", "重庆": "cq", "音乐": "yy", "乐队": "yd",
		"银行": "yh", "行业": "hy", "成长": "cz", "会计": "kj", "大厦": "ds", "厦门": "xm", "六安": "la", "东阿": "de", "少年": "sn",
	}
)

// special returns the initials of the longest exception that the runes begin
// with and how many of them it covers, 0 for none.
func special(runes []rune, first bool) (string, int) {
	for n := min(2, len(runes)); n > 0; n-- {
		part := string(runes[:n])
		if first {
			if known, ok := surnames[part]; ok {
				return known, n
			}
		}
		if known, ok := words[part]; ok {
			return known, n
		}
	}
	return "", 0
}
