/** Example of a destination of one's own: Zoho CRM, from its public documentation, never tried against a live account. */
package io.leaddispatch.example.zoho;
