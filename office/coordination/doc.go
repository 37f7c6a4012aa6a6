// Package coordination is the desk of work with others: the directory of agencies and what they offer, referrals with
// receipt and result, the evidence of what nobody could give, and the inbox of agencies that have no account.
//
// Owns the tables agencies, agency_services, agency_answers, referrals, referral_events, unmet_needs, agency_links,
// agency_codes, agency_devices and mails. Calls casework (the case and its gates), person (who, consent) and centre.
// Law: Permensos 16/2019 Pasal 18 (referral), 46 huruf i (referral system between OPD); UU 27/2022 Pasal 22-26.
package coordination
