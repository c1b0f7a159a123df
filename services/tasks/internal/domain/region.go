package domain

// RegionPath returns the path of a statistical division from its code: the
// codes from the city down, each followed by a slash. The levels' codes are
// 4, 6, 9 and 12 digits long, each beginning with its parent's.
func RegionPath(code string) string {
	path := ""
	for _, n := range []int{4, 6, 9, 12} {
		if len(code) >= n {
			path += code[:n] + "/"
		}
	}
	return path
}
