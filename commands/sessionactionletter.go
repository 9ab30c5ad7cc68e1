package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// actionLetter is the kind of ledger entry that reminds somebody of an action, or
// tells them that it is theirs now.
const actionLetter = "action.reminder"

// actionGivenKey is the ledger key of the message that an action is somebody's
// now: base is how many changes it has since.
func actionGivenKey(id session.ID, action session.ActionID, base int) string {
	return fmt.Sprintf("action/%d/%d/given/%d", id, action, base)
}

// actionSubject is what such a message is about; stage is empty where it was given.
func actionSubject(id session.ID, action session.ActionID, stage session.Stage) string {
	return fmt.Sprintf("%d/%d/%s", id, action, stage)
}

// mostReminded is how many weeks of reminders are drawn anew when an action
// changes. What is older is a stub (schedule.Kept).
const mostReminded = 9

// actionLetterKeys are the ledger keys of the messages that show a as it was
// before a change on today.
func actionLetterKeys(id session.ID, a session.Action, today analysis.Day) []string {
	keys := []string{session.ReminderKey(id, a, session.ThreeDays), session.ReminderKey(id, a, session.OnTheDay)}
	for weeks, n := int(today-a.Due)/7+1, 0; weeks > 0 && n < mostReminded; weeks, n = weeks-1, n+1 {
		keys = append(keys, session.ReminderKey(id, a, session.Stage(fmt.Sprint("w", weeks))))
	}
	for base := range len(a.History) {
		keys = append(keys, actionGivenKey(id, a.ID, base+1))
	}
	return keys
}

// Letter renders such a message: the action as it is now.
func (c SessionActions) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	ids, stage, _ := strings.Cut(e.Subject, "/")
	action, stage, _ := strings.Cut(stage, "/")
	n, _ := strconv.ParseInt(ids, 10, 64)
	m, _ := strconv.Atoi(action)
	req := Request{Actor: analysis.Actor{User: e.User, Roles: analysis.RolesOf(analysis.Operator)}, At: e.At}
	row, err := c.find(ctx, req, actionSpot{scope: view.ActionsMine, session: session.ID(n), action: session.ActionID(m), letter: true})
	if err != nil {
		return view.Message{}, err
	}
	return view.ActionLetter(locale.New(locale.Lang(e.Lang), officeZone), row, session.Stage(stage), e.Author, req.today()), nil
}
