package bot

import (
	"errors"

	"klantbot/analysis"
)

// passingCodes are the codes with which Slack says that it is not well itself.
var passingCodes = map[string]bool{
	"internal_error": true, "fatal_error": true, "service_unavailable": true, "request_timeout": true,
	"ratelimited": true, "rate_limited": true, "team_added_to_org": true,
}

// PassingCode reports whether an error code of Slack's may be gone the next time.
func PassingCode(code string) bool { return passingCodes[code] }

// Fatal returns the sentence for an error that only a person can mend, or nil
// when trying again may help. token names the setting with which it was asked,
// for instance SLACK_APP_TOKEN.
func Fatal(token string, err error) *analysis.Error {
	var r *Refusal
	if !errors.As(err, &r) || PassingCode(r.Code) {
		return nil
	}
	args := analysis.Args{"token": token, "method": r.Method, "code": r.Code}
	key := "slack.refused"
	switch r.Code {
	case "invalid_auth", "not_authed":
		key = "slack.invalid_auth"
	case "token_revoked", "token_expired":
		key = "slack.token_revoked"
	case "account_inactive":
		key = "slack.account_inactive"
	case "not_allowed_token_type":
		key = "slack.not_allowed_token_type"
	case "missing_scope", "no_permission":
		key = "slack.missing_scope"
		args["needed"], args["provided"] = r.Needed, r.Provided
	case "http_404":
		key = "slack.no_such_server"
	}
	return &analysis.Error{Kind: analysis.Invalid, Key: key, Args: args, Cause: err}
}
