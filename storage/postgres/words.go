package postgres

import (
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"klantbot/analysis"
)

// sentences are what a person can mend, by SQLSTATE or its class: first what an office
// can not be opened with, and then what can happen to one that is open.
var (
	atStart = map[string]string{
		"28":    "storage.postgres.login",
		"3D000": "storage.postgres.absent",
		"42501": "storage.postgres.rights",
		"3F000": "storage.postgres.rights", // no schema that this user may use
	}
	anyTime = map[string]string{
		"25006": "storage.postgres.readonly",
		"53100": "storage.full",
		"53300": "storage.postgres.crowded",
		"57014": "storage.slow", // statement_timeout: who went away is told by its context
		"57P01": "storage.lost", // the server goes down, or an operator ended the connection
		"57P02": "storage.lost",
		"57P03": "storage.away", // it is coming up
		"08":    "storage.lost",
	}
)

// ours is which kind of failure a sentence is: what is no fault of what was asked.
var ours = map[string]bool{"storage.full": true, "storage.slow": true, "storage.lost": true, "storage.away": true}

// fail is the sentence of key for err, with the names in config that it may need.
// Neither holds the password.
func fail(key string, err error, config *pgx.ConnConfig) error {
	kind := analysis.Invalid
	if ours[key] {
		kind = analysis.Internal
	}
	args := analysis.Args{}
	if config != nil {
		args["user"], args["database"] = config.User, config.Database
	}
	return &analysis.Error{Kind: kind, Key: key, Args: args, Cause: err}
}

// unopened words why the database of config can not be opened; nil stays nil.
func unopened(err error, config *pgx.ConnConfig) error {
	var known *analysis.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if key := state(err, atStart, anyTime); key != "" && key != "storage.lost" && key != "storage.away" {
		return fail(key, err, config)
	}
	var connect *pgconn.ConnectError
	switch {
	case untrusted(err):
		return fail("storage.postgres.tls", err, config)
	case errors.As(err, &connect):
		return fail("storage.postgres.unreachable", err, config)
	}
	return word(err)
}

// word words what can happen to a database that is open, as sqlstore.DB.Word says.
func word(err error) error {
	var known *analysis.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if key := state(err, anyTime); key != "" {
		return fail(key, err, nil)
	}
	var network net.Error
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return fail("storage.away", err, nil)
	}
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, pgconn.ErrConnClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.As(err, &network) && !network.Timeout() {
		return fail("storage.lost", err, nil)
	}
	return err
}

// state is the sentence for the SQLSTATE in err, or its class.
func state(err error, sentences ...map[string]string) string {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return ""
	}
	for _, of := range sentences {
		if key := of[said.Code]; key != "" {
			return key
		}
		if key := of[said.Code[:min(2, len(said.Code))]]; key != "" {
			return key
		}
	}
	return ""
}

// untrusted reports whether the connection is not as safe as the address wants it.
func untrusted(err error) bool {
	var certificate *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var other x509.HostnameError
	return errors.As(err, &certificate) || errors.As(err, &unknown) || errors.As(err, &other) ||
		strings.Contains(err.Error(), "server refused TLS connection") // pgconn has no type for it
}
