package value

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Purchase is what a group spends on a service in a year.
type Purchase struct {
	Group   analysis.GroupID
	Service analysis.ServiceID
	Yearly  analysis.Cents
}

// Market is what the clients of an office buy, by kinds of similar clients. It
// is built once and then answers for every group.
type Market struct {
	profiles  []Profile
	kindOf    []int // of each profile
	rowOf     map[analysis.GroupID]int
	purchases []Purchase
	first     []int // of each profile, its first purchase; one more at the end
	forbidden map[analysis.ServiceID]bool
	cells     map[cellKey]cell
	borders   map[string]analysis.Cents
}

// offer is a service in a cell.
type offer struct {
	service analysis.ServiceID
	buyers  int
	median  analysis.Cents // of what the buyers pay a year, type 7
}

// NewMarket builds the market of the groups in profiles from what they buy.
// Purchases of nothing, for no service or by a group without a profile do not
// count; two of one group and service are added up. forbidden are the services
// that independence rules keep from audit clients. The order of either does not
// matter; of two profiles of one group the last counts.
func NewMarket(profiles []Profile, purchases []Purchase, forbidden map[analysis.ServiceID]bool) *Market {
	m := &Market{rowOf: make(map[analysis.GroupID]int, len(profiles)), forbidden: forbidden, cells: map[cellKey]cell{}}
	kinds := map[string]int{}
	for _, p := range profiles {
		if row, twice := m.rowOf[p.Group]; twice {
			m.profiles[row] = p
			continue
		}
		m.rowOf[p.Group] = len(m.profiles)
		m.profiles = append(m.profiles, p)
	}
	for _, p := range m.profiles {
		if _, ok := kinds[p.Kind]; !ok {
			kinds[p.Kind] = len(kinds)
		}
		m.kindOf = append(m.kindOf, kinds[p.Kind])
	}
	m.addPurchases(purchases)
	for l := LevelBranch; l <= LevelKind; l++ {
		m.addLevel(l)
	}
	m.setBorders()
	return m
}

// addPurchases keeps what was bought, by profile and service.
func (m *Market) addPurchases(purchases []Purchase) {
	counted := func(p Purchase) (int, bool) {
		row, ok := m.rowOf[p.Group]
		return row, ok && p.Service != 0
	}
	ends := make([]int, len(m.profiles)+1)
	for _, p := range purchases {
		if row, ok := counted(p); ok {
			ends[row+1]++
		}
	}
	for i := range m.profiles {
		ends[i+1] += ends[i]
	}
	sorted, next := make([]Purchase, ends[len(m.profiles)]), slices.Clone(ends)
	for _, p := range purchases {
		if row, ok := counted(p); ok {
			sorted[next[row]] = p
			next[row]++
		}
	}
	m.first = make([]int, 1, len(ends))
	for i := range m.profiles {
		m.addBought(sorted[ends[i]:ends[i+1]])
		m.first = append(m.first, len(m.purchases))
	}
}

// addBought adds the purchases of the next profile, those of a service summed.
func (m *Market) addBought(bought []Purchase) {
	slices.SortFunc(bought, func(a, b Purchase) int { return cmp.Compare(a.Service, b.Service) })
	for start := 0; start < len(bought); {
		sum, end := Purchase{Group: bought[start].Group, Service: bought[start].Service}, start
		for ; end < len(bought) && bought[end].Service == sum.Service; end++ {
			sum.Yearly += bought[end].Yearly
		}
		if sum.Yearly > 0 {
			m.purchases = append(m.purchases, sum)
		}
		start = end
	}
}

// addLevel counts what is bought in every cell of a level.
func (m *Market) addLevel(l Level) {
	type sale struct {
		key     cellKey
		service analysis.ServiceID
		yearly  analysis.Cents
	}
	sales := make([]sale, 0, len(m.purchases))
	for i, p := range m.profiles {
		key := keyAt(p, m.kindOf[i], l)
		if key == 0 || !m.buys(i) {
			continue
		}
		c := m.cells[key]
		c.groups++
		m.cells[key] = c
		for _, b := range m.bought(i) {
			sales = append(sales, sale{key, b.Service, b.Yearly})
		}
	}
	slices.SortFunc(sales, func(a, b sale) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.service, b.service), cmp.Compare(a.yearly, b.yearly))
	})
	for start := 0; start < len(sales); {
		end := start
		for end < len(sales) && sales[end].key == sales[start].key && sales[end].service == sales[start].service {
			end++
		}
		run := sales[start:end]
		low, high := run[(len(run)-1)/2].yearly, run[len(run)/2].yearly
		c := m.cells[run[0].key]
		c.offers = append(c.offers, offer{run[0].service, len(run), rounded(float64(low)/2 + float64(high)/2)})
		m.cells[run[0].key] = c
		start = end
	}
}

// YearlyByService returns the yearly revenue of a group at asOf by service, by
// the rules of YearlyRevenue: a client of under 24 months is annualised as a
// whole, so that a job done once by an old client does not count twelve times.
// Services that brought nothing are left out; the order is that of the services.
func YearlyByService(group analysis.GroupID, history []analysis.MonthRevenue, asOf analysis.Day) []Purchase {
	past := until(history, asOf)
	if len(past) == 0 {
		return nil
	}
	first, byService := past[0].Month, map[analysis.ServiceID][]analysis.MonthRevenue{}
	for _, m := range past {
		first = min(first, m.Month)
		byService[m.Service] = append(byService[m.Service], m)
	}
	months := monthsBetween(first, asOf) + 1
	var purchases []Purchase
	for service, lines := range byService {
		amount := byServiceYear(lines, asOf) + meanOfTwoYears(lines, asOf)
		if months < 24 {
			amount = annualised(lines, months)
		}
		if amount > 0 {
			purchases = append(purchases, Purchase{group, service, amount})
		}
	}
	slices.SortFunc(purchases, func(a, b Purchase) int { return cmp.Compare(a.Service, b.Service) })
	return purchases
}
