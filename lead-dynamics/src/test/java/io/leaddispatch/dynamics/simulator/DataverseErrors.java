package io.leaddispatch.dynamics.simulator;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeException;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.api.ODataRequest;
import org.apache.olingo.server.api.ODataResponse;
import org.apache.olingo.server.api.ODataServerError;
import org.apache.olingo.server.api.ServiceMetadata;
import org.apache.olingo.server.api.deserializer.DeserializerException;
import org.apache.olingo.server.api.deserializer.DeserializerException.MessageKeys;
import org.apache.olingo.server.api.processor.ErrorProcessor;

/** Olingo's errors in Dataverse's words; what is wrong with the request as such is written down. */
final class DataverseErrors implements ErrorProcessor {
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    /** Facts 3 have the words inside, with code 0x0; environments of today wrap them, as public threads show. */
    private static final String WRAPPED =
            "Error identified in Payload provided by the user for Entity :'leads', For more"
                    + " information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293"
                    + "  ---->  InnerException : Microsoft.Crm.CrmException: ";

    private final DataverseEdm edm;
    private final List<String> faults;
    private OData odata;

    DataverseErrors(DataverseEdm edm, List<String> faults) {
        this.edm = edm;
        this.faults = faults;
    }

    @Override
    public void init(OData newOdata, ServiceMetadata metadata) {
        odata = newOdata;
    }

    /** Olingo's own errors are ours: the request was not well-formed, except where the customer's lengths decide. */
    @Override
    public void processError(ODataRequest request, ODataResponse response, ODataServerError error, ContentType out) {
        if (error.getException() instanceof DeserializerException e) {
            String words = e.getTranslatedMessage(Locale.ENGLISH).getMessage();
            Matcher quoted = QUOTED.matcher(words);
            String column = quoted.find() ? quoted.group(1) : "?";
            if (isTooLong(e) && edm.texts.containsKey(column)) {
                error.setCode("0x80044331");
                error.setMessage("A validation error occurred. The length of the '" + column
                        + "' attribute of the 'lead' entity exceeded the maximum allowed length of '"
                        + edm.texts.get(column) + "'.");
            } else if (e.getMessageKey() == MessageKeys.UNKNOWN_CONTENT) {
                error.setCode("0x80048d19");
                error.setMessage(WRAPPED + "Invalid property '" + unknown(e.getMessage())
                        + "' was found in entity 'Microsoft.Dynamics.CRM.lead'.");
            } else {
                fault(error, words);
            }
        } else if (!(error.getException() instanceof DataverseFault)) {
            fault(error, error.getMessage());
        }
        odataError(response, error);
    }

    /** Olingo's cause tells a text that breaks its facets, of which only the length is set, from what is no text. */
    private static boolean isTooLong(DeserializerException e) {
        return e.getMessageKey() == MessageKeys.INVALID_VALUE_FOR_PROPERTY
                && e.getCause() instanceof EdmPrimitiveTypeException cause
                && cause.getMessage().contains("facets");
    }

    private static String unknown(String message) {
        return message.substring(message.lastIndexOf(' ') + 1);
    }

    private void fault(ODataServerError error, String words) {
        faults.add(error.getStatusCode() + " " + words);
        error.setCode("0x80048d19");
    }

    private void odataError(ODataResponse response, ODataServerError error) {
        try {
            response.setContent(
                    odata.createSerializer(ContentType.JSON).error(error).getContent());
        } catch (ODataLibraryException e) {
            throw new IllegalStateException(e);
        }
        response.setStatusCode(error.getStatusCode());
        response.setHeader("Content-Type", "application/json; odata.metadata=minimal");
        response.setHeader("REQ_ID", UUID.randomUUID().toString());
    }
}
