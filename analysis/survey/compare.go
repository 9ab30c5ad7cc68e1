package survey

// PerceptionGap is how employees see a theme beside how clients do.
type PerceptionGap struct {
	Theme              string
	Employees, Clients float64 // mean performance
	Difference                 // employees - clients
}

// Gap compares the performance that employees and clients see, for the themes
// that both scored on one scale and that may be shown of both.
func Gap(employees, clients Figures) []PerceptionGap {
	if employees.Wave.Scale != clients.Wave.Scale {
		return nil
	}
	theirs := performanceOf(clients)
	var gaps []PerceptionGap
	for _, t := range employees.Themes {
		if d, ok := t.Performance.Minus(theirs[t.Name]); ok {
			gaps = append(gaps, PerceptionGap{t.Name, t.Performance.Mean, theirs[t.Name].Mean, d})
		}
	}
	return gaps
}

func performanceOf(f Figures) map[string]Estimate {
	by := make(map[string]Estimate, len(f.Themes))
	for _, t := range f.Themes {
		by[t.Name] = t.Performance
	}
	return by
}

// Changes are what moved since the previous wave of the same audience.
type Changes struct {
	Previous Wave
	NPS      *Difference           // in points; nil where one of them has none
	Themes   map[string]Difference // performance by theme; empty where the scales differ
}

// Since compares now with the wave before.
func Since(now, before Figures) Changes {
	c := Changes{Previous: before.Wave, Themes: map[string]Difference{}}
	if now.NPS != nil && before.NPS != nil {
		d := Difference{Value: now.NPS.Score - before.NPS.Score}
		if a, b := now.NPS.spread(), before.NPS.spread(); a.N > 1 && b.N > 1 {
			if both, ok := a.Minus(b); ok {
				d.StandardError = both.StandardError
			}
		}
		c.NPS = &d
	}
	if now.Wave.Scale != before.Wave.Scale {
		return c
	}
	were := performanceOf(before)
	for _, t := range now.Themes {
		if d, ok := t.Performance.Minus(were[t.Name]); ok {
			c.Themes[t.Name] = d
		}
	}
	return c
}

// spread is the score as a mean of 100 for promoters, 0 and -100, so that two of
// them are compared as other means are.
func (n NPS) spread() Estimate {
	values := make([]float64, 0, n.N())
	for range n.Promoters {
		values = append(values, 100)
	}
	for range n.Passives {
		values = append(values, 0)
	}
	for range n.Detractors {
		values = append(values, -100)
	}
	return Estimated(values)
}

// Previous returns the last wave of the same audience before w, and false where
// w is the first.
func Previous(w Wave, waves []Wave) (Wave, bool) {
	var found Wave
	ok := false
	for _, other := range waves {
		if other.Audience == w.Audience && other.Name != w.Name && earlier(other, w) && (!ok || earlier(found, other)) {
			found, ok = other, true
		}
	}
	return found, ok
}
