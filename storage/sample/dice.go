package sample

import "math/bits"

// dice answers questions about one subject of the office at random, and the
// same question always in the same way. Unlike a stream of random numbers it
// can be asked in any order, which is what lets invoices be written month by
// month without remembering a client.
type dice uint64

// question names what dice are asked, so that answers are independent.
type question uint64

// The questions. Their order is part of every office: new ones go to the end.
const (
	aboutForm question = iota + 1
	aboutShape
	aboutScale
	aboutSurname
	aboutFirstName
	aboutComposed
	aboutParticle
	aboutBefore
	aboutAfter
	aboutInitials
	aboutTrade
	aboutStyle
	aboutFantasy
	aboutPartnerName
	aboutManager
	aboutSince
	aboutSinceDay
	aboutUntil
	aboutUntilDay
	aboutProspect
	aboutTrend
	aboutPace
	aboutGrowth
	aboutStaff
	aboutBalance
	aboutAccounts
	aboutStage
	aboutMarket
	aboutReferred
	aboutReferrer
	aboutElsewhere
	aboutSpending
	aboutDirector
	aboutFigures
	aboutSecondContact
	aboutRun
	aboutMonth
	aboutWander
	aboutFee
	aboutBooks
	aboutBooksFee
	aboutPayroll
	aboutHours
	aboutAdvice
	aboutPlan
	aboutCredit
	aboutEqual
	aboutStop
	aboutMember
	aboutCalendar
	aboutEffort
	aboutLoss
	aboutAsked
	aboutWorth
	aboutMark
	aboutBrought
	aboutDiligence
	aboutTouch
	aboutTouchDay
	aboutTouchNote
	aboutTouchWriter
	aboutContent
	aboutAnswer
	aboutProspectAnswer
	aboutEmployeeAnswer
	aboutMood
	aboutAnswerDay
	aboutThemeScore
	aboutWorthScore
	aboutWord
	aboutWhy
	aboutBetter
	aboutWantsContact
)

// scramble is the finaliser of splitmix64 (Steele, Lea, Flood 2014): every bit
// of the answer depends on every bit of x.
func scramble(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// of returns dice for a part of the subject: a member, a month.
func (d dice) of(q question, i int) dice {
	return dice(scramble(uint64(d) + uint64(q)*0x9e3779b97f4a7c15 + uint64(i)*0xd1342543de82ef95))
}

// bits answers q with 64 random bits.
func (d dice) bits(q question) uint64 { return uint64(d.of(q, 0)) }

// below answers q with a number in [0, n).
func (d dice) below(q question, n int) int {
	hi, _ := bits.Mul64(d.bits(q), uint64(n))
	return int(hi)
}

// between answers q with a number in [low, high].
func (d dice) between(q question, low, high int) int { return low + d.below(q, high-low+1) }

// chance reports whether q comes out with a probability of n in a thousand.
func (d dice) chance(q question, n int) bool { return d.below(q, 1000) < n }

// pareto answers q with a size of at least 1,024, which stands for 1, at most
// limit times that: P(size > x) is about x^-1.1, so that most clients are
// small and a few are very large. It works in integers because the last bits
// of math.Pow differ between machines.
func (d dice) pareto(q question, limit int64) int64 {
	u := d.bits(q) | 1
	zeros := bits.LeadingZeros64(u)
	fraction := int64(u << (zeros + 1) >> 56)            // u = 2^(63-zeros) * (1 + fraction/256)
	log := int64(zeros+1)<<8 - fraction                  // about -256 log2(u / 2^64)
	exponent := log * 10 / 11                            // divided by 1.1
	size := (256 + exponent&255) << 2 << (exponent >> 8) // 1,024 * 2^(exponent/256)
	return min(size, limit<<10)
}

// skewed answers q with an amount in [low, high] of which low ones are more
// likely: the square of an even spread.
func (d dice) skewed(q question, low, high int64) int64 {
	u := int64(d.below(q, 1024))
	return low + (high-low)*u*u>>20
}
