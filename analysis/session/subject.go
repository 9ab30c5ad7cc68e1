package session

import (
	"strconv"
	"strings"

	"klantbot/analysis"
)

// Subject is what a session is about: one of the four.
type Subject struct {
	Group   analysis.GroupID    `json:"group,omitempty"`
	Segment analysis.Segment    `json:"segment,omitempty"`
	Manager analysis.ManagerID  `json:"manager,omitempty"` // their portfolio, of which they choose five clients
	Type    analysis.ClientType `json:"type,omitempty"`
}

// valid reports whether s is exactly one thing that kind k can be about.
func (s Subject) valid(k Kind) bool {
	n := 0
	for _, set := range []bool{s.Group != 0, s.Segment != "", s.Manager != 0, s.Type != ""} {
		if set {
			n++
		}
	}
	switch k {
	case Now3Years, Journey:
		return n == 1
	case Training:
		return n == 0
	}
	return false
}

// String writes s as group/12, segment/A, manager/3 or type/groot: what the store
// finds earlier sessions about the same by. The office as a whole is "".
func (s Subject) String() string {
	switch {
	case s.Group != 0:
		return "group/" + strconv.FormatInt(int64(s.Group), 10)
	case s.Segment != "":
		return "segment/" + string(s.Segment)
	case s.Manager != 0:
		return "manager/" + strconv.FormatInt(int64(s.Manager), 10)
	case s.Type != "":
		return "type/" + string(s.Type)
	}
	return ""
}

// ParseSubject reads what String wrote; anything else is the zero Subject.
func ParseSubject(written string) Subject {
	what, which, _ := strings.Cut(written, "/")
	n, _ := strconv.ParseInt(which, 10, 64)
	switch what {
	case "group":
		return Subject{Group: analysis.GroupID(n)}
	case "segment":
		return Subject{Segment: analysis.Segment(which)}
	case "manager":
		return Subject{Manager: analysis.ManagerID(n)}
	case "type":
		return Subject{Type: analysis.ClientType(which)}
	}
	return Subject{}
}
