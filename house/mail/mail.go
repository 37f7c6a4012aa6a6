// Package mail hands e-mails to the office's server.
package mail

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// Sender is the office's mail server.
type Sender struct {
	Server         string // host:port
	User, Password string // "" where the server asks for none
	From           string
}

// File is what goes with a letter.
type File struct {
	Name string
	Type string // text/calendar; method=REQUEST
	Body []byte
}

// Send hands over one letter with its files. Encryption is asked for when the server offers it, and demanded where a password is sent.
func (s Sender) Send(ctx context.Context, to, subject, body string, files ...File) error {
	host, number, err := net.SplitHostPort(s.Server)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	port, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	m := mail.NewMsg()
	if err := m.From(s.From); err != nil {
		return fmt.Errorf("mail sender: %w", err)
	}
	if err := m.To(to); err != nil {
		return fmt.Errorf("mail recipient: %w", err)
	}
	m.Subject(subject)
	m.SetBodyString(mail.TypeTextPlain, body)
	for _, f := range files {
		if err := m.AttachReader(f.Name, bytes.NewReader(f.Body), mail.WithFileContentType(mail.ContentType(f.Type))); err != nil {
			return fmt.Errorf("mail file: %w", err)
		}
	}
	options := []mail.Option{mail.WithPort(port), mail.WithTimeout(20 * time.Second), mail.WithTLSPolicy(mail.TLSOpportunistic)}
	if s.User != "" {
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory), mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	if port == 465 {
		options = append(options, mail.WithSSL())
	}
	c, err := mail.NewClient(host, options...)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	return c.DialAndSendWithContext(ctx, m)
}
