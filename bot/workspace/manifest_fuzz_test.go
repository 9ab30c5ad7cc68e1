package workspace

import "testing"

// FuzzManifest: any manifest is taken or refused, and a workspace made of one can be
// closed.
func FuzzManifest(f *testing.F) {
	for _, s := range []string{testManifest, `{"display_information":{"name":"K"}}`, `{}`, `null`, `[]`,
		`{"display_information":{"name":"K"},"settings":{"event_subscriptions":{"request_url":"http://\u0000"},"socket_mode_enabled":false}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ws, err := New(Config{Manifest: []byte(s)})
		if err != nil {
			return
		}
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
	})
}
