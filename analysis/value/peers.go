package value

import (
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/stats"
)

// Size is the size class of a client by anything but revenue: what it spends at
// the office must not decide whom its spending is compared with.
type Size uint8

// The size classes. The borders of staff and balance total are those of the
// Dutch annual accounts; who employs nobody is set apart, for an office sells
// it no payroll.
const (
	SizeUnknown Size = iota
	SizeAlone        // nobody but the owner: at most 1 FTE
	SizeMicro        // under 10 FTE, or a balance total up to EUR 450,000
	SizeSmall        // under 50, up to EUR 7.5 million
	SizeMedium       // under 250, up to EUR 25 million
	SizeLarge
)

// SizeOf returns the size class by FTE, or where that is unknown (negative) by
// balance total in cents; SizeUnknown where both are. Source: Burgerlijk Wetboek
// 2, articles 395a, 396 and 397, amounts since 2024; the class SizeAlone is ours.
func SizeOf(fte float64, balance analysis.Cents) Size {
	const million = 100_000_000
	switch {
	case fte >= 250, !(fte >= 0) && balance > 25*million:
		return SizeLarge
	case fte >= 50, !(fte >= 0) && balance > 7.5*million:
		return SizeMedium
	case fte >= 10, !(fte >= 0) && balance > .45*million:
		return SizeSmall
	case fte > 1, !(fte >= 0) && balance >= 0:
		return SizeMicro
	case fte >= 0:
		return SizeAlone
	}
	return SizeUnknown
}

// Profile is what a group is compared by.
type Profile struct {
	Group   analysis.GroupID
	Kind    string
	Section Section
	Size    Size
	// Audit: the office audits the group, so independence rules forbid services.
	Audit bool
	// Elsewhere is known yearly spending at other offices; negative: unknown.
	Elsewhere analysis.Cents
	Judged    Chance // where there are no peers
}

// ProfileOf reads the profile of a group from its history. Judged is the
// caller's to add.
func ProfileOf(h analysis.GroupHistory) Profile {
	return Profile{Group: h.ID, Kind: h.Kind, Section: SectionOf(h.SBI), Size: SizeOf(h.FTE, h.Balance), Elsewhere: h.Elsewhere, Audit: h.Audit}
}

// Level is how widely peers were sought.
type Level uint8

// The levels. Each is tried when the one before it has fewer than eight peers.
const (
	LevelNone   Level = iota // too few anywhere
	LevelBranch              // same kind, branche and size class
	LevelSize                // same kind and size class
	LevelKind                // same kind
)

// Key is the catalogue's words for l.
func (l Level) Key() string {
	switch l {
	case LevelBranch:
		return "level.branch"
	case LevelSize:
		return "level.size"
	case LevelKind:
		return "level.kind"
	}
	return "level.none"
}

// FewestPeers is how many similar clients a comparison takes, beside the client
// itself.
const FewestPeers = 8

// cellKey is a group of similar clients: kind, section and size packed, those
// that a level leaves out zero. Zero is no cell.
type cellKey uint64

// keyAt returns the cell of a profile at a level; zero where the profile lacks
// what the level compares by.
func keyAt(p Profile, kind int, l Level) cellKey {
	section := cellKey(0)
	if p.Section != "" {
		section = cellKey(p.Section[0])
	}
	key := cellKey(l)<<60 | cellKey(kind+1)<<16
	switch {
	case l == LevelBranch && section != 0 && p.Size != SizeUnknown:
		return key | section<<8 | cellKey(p.Size)
	case l == LevelSize && p.Size != SizeUnknown:
		return key | cellKey(p.Size)
	case l == LevelKind:
		return key
	}
	return 0
}

// cell is what similar clients buy.
type cell struct {
	groups int // that buy anything
	offers []offer
}

// peersOf returns the cell of row i, how wide it is and how many peers it holds
// beside the row itself: the narrowest with at least eight.
func (m *Market) peersOf(i int) (cell, Level, int) {
	for l := LevelBranch; l <= LevelKind; l++ {
		key := keyAt(m.profiles[i], m.kindOf[i], l)
		if key == 0 {
			continue
		}
		c, peers := m.cells[key], m.cells[key].groups
		if m.buys(i) {
			peers-- // itself
		}
		if peers >= FewestPeers {
			return c, l, peers
		}
	}
	return cell{}, LevelNone, 0
}

// Comparison is a group beside its peers: nothing in it names one of them, but
// Groups, which only those see who may see those groups.
type Comparison struct {
	Level  Level
	Groups []analysis.GroupID // the peers, by id
	// Own is the group's yearly amount; Low, Median and High are the quartiles of
	// its peers (type 7).
	Own, Low, Median, High analysis.Cents
	// Above is the percentage of its peers that bring less, those that bring as
	// much counted half; 0..100.
	Above float64
}

// Compare lays a group beside its peers, and returns false where there are too
// few or the group is not in the market.
func (m *Market) Compare(group analysis.GroupID) (Comparison, bool) {
	i, ok := m.rowOf[group]
	if !ok {
		return Comparison{}, false
	}
	_, level, peers := m.peersOf(i)
	if level == LevelNone {
		return Comparison{}, false
	}
	c := Comparison{Level: level, Own: m.spending(i), Groups: make([]analysis.GroupID, 0, peers)}
	key := keyAt(m.profiles[i], m.kindOf[i], level)
	amounts := make([]float64, 0, peers)
	for j, p := range m.profiles {
		if j != i && m.buys(j) && keyAt(p, m.kindOf[j], level) == key {
			c.Groups = append(c.Groups, p.Group)
			amounts = append(amounts, float64(m.spending(j)))
		}
	}
	slices.Sort(c.Groups)
	below, equal := standing(amounts, float64(c.Own))
	c.Above = percent(float64(below)+float64(equal)/2, float64(len(amounts)))
	for _, q := range []struct {
		p  float64
		to *analysis.Cents
	}{{.25, &c.Low}, {.5, &c.Median}, {.75, &c.High}} {
		v, err := stats.Quantile(amounts, q.p)
		if err != nil {
			return Comparison{}, false // can not be: at least eight finite amounts
		}
		*q.to = rounded(v)
	}
	return c, true
}

// Middle returns the median (type 7) of what is known of the peers of a group,
// and false where it is known (not NaN or infinite) of fewer than a comparison
// takes: the middle of two clients would tell what each of them does.
func Middle(values []float64) (float64, bool) {
	sure := make([]float64, 0, len(values))
	for _, v := range values {
		if known(v) {
			sure = append(sure, v)
		}
	}
	if len(sure) < FewestPeers {
		return 0, false
	}
	return median(sure), true
}

// spending returns the yearly amount of row i over all services.
func (m *Market) spending(i int) (sum analysis.Cents) {
	for _, p := range m.bought(i) {
		sum += p.Yearly
	}
	return sum
}

// bought returns the purchases of row i, by service.
func (m *Market) bought(i int) []Purchase { return m.purchases[m.first[i]:m.first[i+1]] }

func (m *Market) buys(i int) bool { return m.first[i] < m.first[i+1] }
