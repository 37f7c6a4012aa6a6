package coordination

import "time"

// The bodies of Human Services Data Specification 3.0 (openreferral.org): its words, not ours. What is not known is left
// out; e-mail addresses, contact persons and notes of the office are not open.

// OpenRoot tells programs which standard this is.
type OpenRoot struct {
	Version     string `json:"version" required:"true"`
	Profile     string `json:"profile" required:"true"`
	OpenAPI     string `json:"openapi_url" required:"true"`
	Description string `json:"description"`
}

// OpenPage is one page of a list.
type OpenPage[T any] struct {
	TotalItems int64 `json:"total_items" required:"true"`
	TotalPages int64 `json:"total_pages" required:"true"`
	PageNumber int64 `json:"page_number" required:"true"`
	Size       int64 `json:"size" required:"true"`
	FirstPage  bool  `json:"first_page" required:"true"`
	LastPage   bool  `json:"last_page" required:"true"`
	Empty      bool  `json:"empty" required:"true"`
	Contents   []T   `json:"contents" required:"true"`
}

// OpenService is a service.
type OpenService struct {
	ID             string            `json:"id" required:"true" format:"uuid"`
	OrganizationID string            `json:"organization_id,omitempty" format:"uuid"`
	Name           string            `json:"name" required:"true"`
	Description    string            `json:"description,omitempty"`
	Status         string            `json:"status" required:"true" enum:"active,inactive,defunct,temporarily closed"`
	Eligibility    string            `json:"eligibility_description,omitempty"`
	MinimumAge     *int64            `json:"minimum_age,omitempty"`
	MaximumAge     *int64            `json:"maximum_age,omitempty"`
	AssuredDate    string            `json:"assured_date,omitempty"`
	Alert          string            `json:"alert,omitempty"`
	LastModified   *time.Time        `json:"last_modified,omitempty"`
	Organization   *OpenOrganization `json:"organization,omitempty"`
	Phones         []OpenPhone       `json:"phones,omitempty"`
	Areas          []OpenArea        `json:"service_areas,omitempty"`
	At             []OpenPlace       `json:"service_at_locations,omitempty"`
	Attributes     []OpenAttribute   `json:"attributes,omitempty"`
}

// OpenOrganization is an agency, an organisation or an institution.
type OpenOrganization struct {
	ID          string         `json:"id" required:"true" format:"uuid"`
	Name        string         `json:"name" required:"true"`
	Description string         `json:"description" required:"true"`
	Phones      []OpenPhone    `json:"phones,omitempty"`
	Locations   []OpenLocation `json:"locations,omitempty"`
	Services    []OpenService  `json:"services,omitempty"`
}

// OpenPlace is a service at its location.
type OpenPlace struct {
	ID       string        `json:"id" required:"true" format:"uuid"`
	Service  *OpenService  `json:"service,omitempty"`
	Location *OpenLocation `json:"location,omitempty"`
}

// OpenLocation is where a service is given.
type OpenLocation struct {
	ID   string `json:"id" required:"true" format:"uuid"`
	Type string `json:"location_type" required:"true" enum:"physical,postal,virtual"`
	Name string `json:"name,omitempty"`
}

// OpenPhone is a telephone number of an agency.
type OpenPhone struct {
	ID     string `json:"id" required:"true" format:"uuid"`
	Number string `json:"number" required:"true"`
	Type   string `json:"type,omitempty"`
}

// OpenArea is a district that a service serves. URI is its code at the Ministry of Home Affairs.
type OpenArea struct {
	ID   string `json:"id" required:"true" format:"uuid"`
	Name string `json:"name,omitempty"`
	URI  string `json:"uri,omitempty"`
}

// OpenAttribute says what kind of service it is, or for whom.
type OpenAttribute struct {
	ID       string   `json:"id" required:"true" format:"uuid"`
	LinkType string   `json:"link_type,omitempty"`
	Term     OpenTerm `json:"taxonomy_term"`
}

// OpenTerm is a word of one of our lists.
type OpenTerm struct {
	ID          string `json:"id" required:"true" format:"uuid"`
	Code        string `json:"code,omitempty"`
	Name        string `json:"name" required:"true"`
	Description string `json:"description" required:"true"`
	Taxonomy    string `json:"taxonomy,omitempty"`
	Language    string `json:"language,omitempty"`
}
