package value

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Chance is what a person thinks a group could still buy, where no peers say.
type Chance string

// The chances; empty is not judged.
const (
	ChanceNone Chance = "geen"
	ChanceSome Chance = "enig"
	ChanceMuch Chance = "veel"
)

// KeyPotential is the key under which people judge, 0..4, what a group could
// still buy. It is no criterion of value: potential is the other axis.
const KeyPotential = "potential"

// ChanceOf reads such a judgement: 0 is none, 1 and 2 some, 3 and 4 much; empty
// where it is negative, not judged.
func ChanceOf(mark int) Chance {
	switch {
	case mark < 0:
		return ""
	case mark == 0:
		return ChanceNone
	case mark <= 2:
		return ChanceSome
	}
	return ChanceMuch
}

// Basis says where a potential comes from.
type Basis string

// The bases. The zero Basis is "nog te bepalen".
const (
	BasisNone      Basis = ""
	BasisPeers     Basis = "peers"     // what similar clients buy
	BasisElsewhere Basis = "elsewhere" // known spending at other offices
	BasisJudged    Basis = "judged"    // none, some or much: no amount
)

// Whitespace is a service that similar clients buy and this one does not.
type Whitespace struct {
	Service analysis.ServiceID
	Amount  analysis.Cents // median yearly amount of the peers that buy it
	Buyers  int            // of the peers
	Share   float64        // percentage of the peers that buys it, 0..100
}

// Potential is what a group could still buy in a year.
type Potential struct {
	Basis  Basis
	Amount analysis.Cents // where Known
	Judged Chance         // where Basis is BasisJudged
	Level  Level          // how widely peers were sought; LevelNone: too few
	Peers  int            // beside the group itself
	// Whitespace is the largest amount first. It is there whenever there are
	// peers, also where known spending elsewhere says the amount.
	Whitespace []Whitespace
	// Withheld are the services that would be whitespace, were they not forbidden
	// to a group that the office audits; by id.
	Withheld []analysis.ServiceID
}

// Known reports whether Amount says something. An amount of zero is known: the
// group buys all that its peers buy.
func (p Potential) Known() bool { return p.Basis == BasisPeers || p.Basis == BasisElsewhere }

// usual is the percentage of similar clients that makes a service one a client
// could be expected to buy.
const usual = 40

// Potential returns what a group could still buy, in a year:
//
//	sum of the median yearly amounts of the services that at least 40% of
//	similar clients buy and this one does not
//
// Similar are the clients of the same kind, branche and size class; with fewer
// than eight the branche is left out, then the size. What the group is known to
// spend elsewhere replaces the estimate. Without peers the judgement counts,
// else it is nog te bepalen, which is not low. A group that the office audits
// has no whitespace of forbidden services. A group that is not in the market is
// nog te bepalen. Source: DOMAIN.md, "Potential".
func (m *Market) Potential(group analysis.GroupID) Potential {
	i, ok := m.rowOf[group]
	if !ok {
		return Potential{}
	}
	return m.potential(i)
}

func (m *Market) potential(i int) Potential {
	profile := m.profiles[i]
	cell, level, peers := m.peersOf(i)
	p := Potential{Level: level, Peers: peers}
	if level != LevelNone {
		p.Basis = BasisPeers
		p.Whitespace, p.Withheld = m.whitespace(i, cell, peers)
		for _, w := range p.Whitespace {
			p.Amount += w.Amount
		}
	} else if profile.Judged != "" {
		p.Basis, p.Judged = BasisJudged, profile.Judged
	}
	if profile.Elsewhere >= 0 {
		p.Basis, p.Amount, p.Judged = BasisElsewhere, profile.Elsewhere, ""
	}
	return p
}

func (m *Market) whitespace(i int, c cell, peers int) (list []Whitespace, withheld []analysis.ServiceID) {
	bought := m.bought(i)
	for _, o := range c.offers {
		_, has := slices.BinarySearchFunc(bought, o.service, func(p Purchase, s analysis.ServiceID) int { return cmp.Compare(p.Service, s) })
		// The group itself is no buyer here, so all buyers are peers.
		if has || 100*o.buyers < usual*peers {
			continue
		}
		if m.profiles[i].Audit && m.forbidden[o.service] {
			withheld = append(withheld, o.service)
			continue
		}
		list = append(list, Whitespace{o.service, o.median, o.buyers, percent(float64(o.buyers), float64(peers))})
	}
	slices.SortFunc(list, func(a, b Whitespace) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.Service, b.Service))
	})
	slices.Sort(withheld)
	return list, withheld
}

// setBorders finds for each kind the median of the known potentials of its
// clients.
func (m *Market) setBorders() {
	amounts := map[string][]float64{}
	for i, profile := range m.profiles {
		if p := m.potential(i); p.Known() && m.buys(i) {
			amounts[profile.Kind] = append(amounts[profile.Kind], float64(p.Amount))
		}
	}
	m.borders = make(map[string]analysis.Cents, len(amounts))
	for kind, known := range amounts {
		m.borders[kind] = rounded(median(known))
	}
}

// Border returns the potential from which a group of a kind counts as high: the
// median (type 7) of the known potentials of its clients, and false where none
// is known.
func (m *Market) Border(kind string) (analysis.Cents, bool) {
	border, ok := m.borders[kind]
	return border, ok
}

// High reports whether the potential of a group is high: at or above limit, an
// amount the office sets, or where that is zero at or above Border. Nothing is
// never high, though the median be nothing. Judged potential is high when it is
// much. NotKnown where it is nog te bepalen.
func (m *Market) High(group analysis.GroupID, limit analysis.Cents) Truth {
	p := m.Potential(group)
	switch p.Basis {
	case BasisNone:
		return NotKnown
	case BasisJudged:
		return truth(p.Judged == ChanceMuch)
	}
	if limit <= 0 {
		border, ok := m.Border(m.profiles[m.rowOf[group]].Kind)
		if !ok {
			return NotKnown
		}
		limit = border
	}
	return truth(p.Amount > 0 && p.Amount >= limit)
}

// ShareOfWallet returns own/(own + elsewhere) as a percentage, 0..100: how much
// of what a group spends on such services it spends here. False where elsewhere
// is not known (negative) or nothing is spent at all.
func ShareOfWallet(own, elsewhere analysis.Cents) (float64, bool) {
	if elsewhere < 0 || own < 0 || own == 0 && elsewhere == 0 {
		return 0, false
	}
	return percent(float64(own), float64(own)+float64(elsewhere)), true
}
