package sqlstore

// lower reports whether client number a comes before b: as people count, so
// that 999 is lower than 1000 and K9 lower than K10. Where only the zeros in
// front differ, bytes decide.
func lower(a, b string) bool {
	x, y := a, b
	for x != "" && y != "" {
		if !digit(x[0]) || !digit(y[0]) {
			if x[0] != y[0] {
				return x[0] < y[0]
			}
			x, y = x[1:], y[1:]
			continue
		}
		m, n := digitRun(x), digitRun(y)
		p, q := bareNumber(x[:m]), bareNumber(y[:n])
		if len(p) != len(q) {
			return len(p) < len(q)
		}
		if p != q {
			return p < q
		}
		x, y = x[m:], y[n:]
	}
	if x != "" || y != "" {
		return x == ""
	}
	return a < b
}

// byNumber orders client numbers, see lower.
func byNumber(a, b string) int {
	switch {
	case lower(a, b):
		return -1
	case lower(b, a):
		return 1
	}
	return 0
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// digitRun returns how many digits s begins with.
func digitRun(s string) (n int) {
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}
