package main

import "klantbot/commands"

type manifestCmd struct{}

// Run prints the manifest, which is JSON with or without --json: it is made to
// be pasted at api.slack.com.
func (m *manifestCmd) Run(s *session) error {
	return printJSON(s.out, commands.New(commands.Needs{}).Manifest(s.lang))
}
