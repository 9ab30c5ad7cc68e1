package offline

import (
	"slices"
)

const (
	// alikeShare is from which share of common stems (Jaccard) two sentences say
	// the same.
	alikeShare = .6
	// comparisons bounds how many earlier sentences with the same rare stem one is
	// compared with, so that time stays in proportion to the number of answers.
	comparisons = 64
)

// merge lets each statement point at the first one that says nearly the same
// under the same theme and with the same polarity.
func merge(all []statement, f *features) {
	type shelf struct {
		theme    int
		polarity int8
		stem     int32
	}
	shelves := map[shelf][]int{}
	for i := range all {
		s := &all[i]
		s.like = i
		// Rarest stems first: sentences that share 60% of their stems share one of
		// the rarest 40% and one more.
		slices.SortFunc(s.stems, func(a, b int32) int {
			if d := int(f.answers[a]) - int(f.answers[b]); d != 0 {
				return d
			}
			return int(a) - int(b)
		})
		rare := s.stems[:len(s.stems)-int(alikeShare*float64(len(s.stems))+.999)+min(1, len(s.stems))]
		best := alikeShare
		for _, stem := range rare {
			for _, j := range shelves[shelf{s.theme, int8(s.polarity), stem}] {
				if share := overlap(s.stems, all[j].stems, f); share >= best && (share > best || s.like == i) {
					best, s.like = share, j
				}
			}
		}
		if s.like != i {
			continue
		}
		for _, stem := range rare {
			at := shelf{s.theme, int8(s.polarity), stem}
			if len(shelves[at]) < comparisons {
				shelves[at] = append(shelves[at], i)
			}
		}
	}
}

// overlap is the share of common stems among all stems of two sentences. Both are
// ordered by how rare their stems are.
func overlap(a, b []int32, f *features) float64 {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			both++
			i++
			j++
		case f.answers[a[i]] < f.answers[b[j]] || f.answers[a[i]] == f.answers[b[j]] && a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
