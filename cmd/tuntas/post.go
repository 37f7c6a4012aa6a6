package main

import (
	"fmt"
	"net/url"
	"strings"

	"tuntas/house/mail"
)

// post is how e-mails leave: the settings of the office's mail server, and the address of this server in their links.
type post struct{ site, server, user, password, from *string }

func mailFlags(f flags) post {
	return post{
		f.String("site", "", "`URL` alamat server ini di tautan surel: https://… / address of this server in links of e-mails"),
		f.String("smtp", "", "`HOST:PORT` server surel untuk tautan dan kode lembaga; tanpa ini tidak ada surel keluar / mail server; without it no e-mail leaves"),
		f.String("smtp-user", "", "nama masuk server surel / user of the mail server"),
		f.String("smtp-password", "", "kata sandi server surel / its password"),
		f.String("smtp-from", "", "`ADDRESS` alamat pengirim / sender's address"),
	}
}

// into sets up the sender. Links in e-mails must not follow the name by which somebody happened to reach the server, so
// a mail server without an address of this one is a fault of the settings.
func (p post) into(o *Office) error {
	if *p.site != "" {
		u, err := url.Parse(*p.site)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return fmt.Errorf("%w: --site https://…", errUsage)
		}
		o.Partners.Site = strings.TrimSuffix(*p.site, "/")
	}
	if *p.server == "" {
		return nil
	}
	if *p.from == "" || *p.site == "" {
		return fmt.Errorf("%w: --smtp needs --smtp-from and --site", errUsage)
	}
	o.Partners.Post = mail.Sender{Server: *p.server, User: *p.user, Password: *p.password, From: *p.from}.Send
	return nil
}
