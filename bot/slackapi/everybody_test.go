package slackapi

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestEverybody: the list is read page by page and once, warms what Person
// knows, and follows what Slack says of somebody.
func TestEverybody(t *testing.T) {
	deleted := false
	user := func(id string) string {
		return fmt.Sprintf(`{"id":%q,"team_id":"T1","tz":"Europe/London","locale":"en-GB","deleted":%v,"profile":{"email":"%s@kantoor.example"}}`,
			id, deleted && id == "U2", strings.ToLower(id))
	}
	var asked []string
	var listing func()
	_, c := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		asked = append(asked, strings.TrimPrefix(r.URL.Path, "/api/")+" "+r.Form.Get("cursor")+r.Form.Get("user"))
		if listing != nil {
			listing()
		}
		switch {
		case strings.HasSuffix(r.URL.Path, "users.info"):
			says(`{"ok":true,"user":`+user(r.Form.Get("user"))+`}`)(w, r)
		case r.Form.Get("cursor") == "":
			says(`{"ok":true,"members":[`+user("U1")+`],"response_metadata":{"next_cursor":"n"}}`)(w, r)
		default:
			says(`{"ok":true,"members":[`+user("U2")+`],"response_metadata":{"next_cursor":""}}`)(w, r)
		}
	})
	for range 2 {
		all, err := c.Everybody(t.Context())
		if err != nil || len(all) != 2 || all[1].Email != "u2@kantoor.example" || all[1].Zone.String() != "Europe/London" || all[1].Locale != "en-GB" {
			t.Fatalf("Everybody = %+v, %v", all, err)
		}
	}
	if p, err := c.Person(t.Context(), "U2"); err != nil || p.Deleted || len(asked) != 2 {
		t.Errorf("Person = %+v, %v, after %q", p, err, asked)
	}
	before, _ := c.Everybody(t.Context())
	deleted = true
	c.ForgetPerson("U2")
	all, err := c.Everybody(t.Context())
	if err != nil || !all[1].Deleted || before[1].Deleted || len(asked) != 3 {
		t.Errorf("after a change: %+v, %v, after %q", all, err, asked)
	}
	c.people.now = func() time.Time { return time.Now().Add(61 * time.Minute) }
	if all, err = c.Everybody(t.Context()); err != nil || len(asked) != 5 || !all[1].Deleted {
		t.Errorf("after an hour: %+v, %v, after %q", all, err, asked)
	}
	// Somebody comes back while the list is made: it must not hide that.
	c.people.now = func() time.Time { return time.Now().Add(130 * time.Minute) }
	listing = func() { c.ForgetPerson("U2") }
	if _, err = c.Everybody(t.Context()); err != nil {
		t.Fatal(err)
	}
	listing, deleted = nil, false
	if all, err = c.Everybody(t.Context()); err != nil || all[1].Deleted {
		t.Errorf("who changed while the list was made: %+v, %v, after %q", all, err, asked)
	}
}
