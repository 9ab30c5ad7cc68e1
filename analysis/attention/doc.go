// Package attention turns a segment into attention: the plan of what each
// segment gets in a year, the calendar periods in which it is wanted, what is
// due for whom in a week, and whether the work fits the people.
//
// Everything is a function of what it is given: days instead of a clock, and
// the last moment of each kind instead of a history. A Line wants one moment in
// each of its Periods; a moment fulfils the period in which it falls, for lines
// of its kind and lighter ones. What was not fulfilled makes the line late, and
// the lateness ends with the next moment: a missed call is reported as missed,
// not asked for twice, and late calls do not drift the year.
//
// The rules are those of DOMAIN.md §3, "Attention". What it leaves open is our
// choice and said where it is made: the day within a period on which a moment
// is first asked for (wish), how a backlog is spread (release), and how the
// guaranteed shares are counted over a year (guarantees).
package attention
