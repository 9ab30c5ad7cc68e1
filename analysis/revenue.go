package analysis

// InvoiceLine is one line of an invoice the office sent. Equal lines exist in
// real files by the thousand and all count: Occurrence tells them apart.
type InvoiceLine struct {
	Client      ClientID // 0: office revenue without a client
	Day         Day
	Invoice     string
	Service     ServiceID // 0: not said
	ServiceYear int       // the year the work was for; 0: not said
	Amount      Cents
	Source      string // which bookkeeping the line came from
	Occurrence  int    // 1 for the first of equal lines, 2 for the next
}

// MonthRevenue is what was invoiced to one client in one month for one service
// and service year. It is the grain in which the store hands revenue out.
type MonthRevenue struct {
	Month       Day // the first of the month
	Service     ServiceID
	ServiceYear int // 0: not said
	Amount      Cents
}
