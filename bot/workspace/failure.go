package workspace

import (
	"fmt"
	"strings"
)

// Failure is why an act of a person did not reach the app or was not answered
// well. Codes: operation_timeout, dispatch_failed, unknown_command,
// unknown_shortcut, interactivity_not_enabled, channel_not_found,
// message_not_found, view_not_found, element_not_found, user_disabled,
// choice_not_found, query_too_short, invalid_response, service_unavailable.
type Failure struct {
	Code string
	Text string // as the person saw it; empty when nothing was shown
}

func (f *Failure) Error() string { return "workspace: " + f.Code }

// FieldErrors are a modal's errors by block_id: the app's, or "required" ones
// that Slack itself shows before anything is sent.
type FieldErrors map[string]string

func (f FieldErrors) Error() string { return fmt.Sprintf("workspace: %d fields refused", len(f)) }

// problem shows a user an error as Slackbot does, remembers it for Problems and
// makes the Failure.
func (s *Server) problem(user, key, code, subject string) *Failure {
	text := s.words(user, code, subject)
	frame := PageError{Type: "error", Text: text, Code: code, Key: key}
	s.remember(user, frame)
	s.tellUser(user, frame)
	s.touch()
	return &Failure{Code: code, Text: text}
}

// remember keeps an error for Problems, or with user "" for Refusals.
func (s *Server) remember(user string, frame PageError) {
	if list := s.problems[user]; len(list) < maxProblems {
		s.problems[user] = append(list, frame)
	}
}

// words says an error in the user's language.
func (s *Server) words(user, code, subject string) string {
	dutch := true
	if u := s.st.users[user]; u != nil {
		dutch = strings.HasPrefix(u.Locale, "nl")
	}
	pick := func(nl, en string) string {
		if dutch {
			return nl
		}
		return en
	}
	if subject == "" {
		subject = pick("Dit", "This")
	}
	switch code {
	case "operation_timeout":
		return fmt.Sprintf(pick("%s is mislukt: de app antwoordde niet binnen 3 seconden (operation_timeout).",
			"%s failed because the app did not respond within 3 seconds (operation_timeout)."), subject)
	case "dispatch_failed":
		return fmt.Sprintf(pick("%s is mislukt: de app is niet verbonden (dispatch_failed).",
			"%s failed because the app is not connected (dispatch_failed)."), subject)
	case "unknown_command":
		return fmt.Sprintf(pick("%s is geen geldige opdracht.", "%s is not a valid command."), subject)
	case "invalid_response":
		return pick("De app gaf een antwoord dat Slack weigert. Probeer het opnieuw.", "We had some trouble connecting. Try again?")
	}
	return subject + ": " + code
}

// Problems are the errors a user was shown, oldest first.
func (s *Server) Problems(user string) []PageError {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]PageError(nil), s.problems[user]...)
}

// Refusals are what the workspace refused of the app without anybody seeing it,
// such as an acknowledgement of 20 KB or more.
func (s *Server) Refusals() []PageError { return s.Problems("") }

// note remembers a refusal that no user sees.
func (s *Server) note(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remember("", PageError{Type: "error", Text: text})
	s.touch()
}
