// Package survey turns what people answered into figures that a team can
// discuss: NPS, importance against performance, the ladder of appreciation, the
// perception gap, what an office yields and costs its clients, and the change
// since the wave before, each with how sure it is. It reads no clock and no
// store; answers go in and figures come out.
//
// Measure makes the Figures of one wave. Of an anonymous wave, and of employees
// always, a figure is made of at least five persons, and of such sets of
// persons that nothing about fewer follows from all that was ever shown of the
// wave together: that is what Guard decides (guard.go). Whoever shows figures
// records the cells that Measure released, and hands them in again next time.
package survey
