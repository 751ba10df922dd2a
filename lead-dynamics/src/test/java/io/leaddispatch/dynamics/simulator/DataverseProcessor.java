package io.leaddispatch.dynamics.simulator;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.olingo.commons.api.data.ComplexValue;
import org.apache.olingo.commons.api.data.ContextURL;
import org.apache.olingo.commons.api.data.Entity;
import org.apache.olingo.commons.api.data.EntityCollection;
import org.apache.olingo.commons.api.data.Parameter;
import org.apache.olingo.commons.api.data.Property;
import org.apache.olingo.commons.api.data.ValueType;
import org.apache.olingo.commons.api.edm.EdmComplexType;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataApplicationException;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.api.ODataRequest;
import org.apache.olingo.server.api.ODataResponse;
import org.apache.olingo.server.api.ServiceMetadata;
import org.apache.olingo.server.api.batch.BatchFacade;
import org.apache.olingo.server.api.deserializer.batch.BatchOptions;
import org.apache.olingo.server.api.deserializer.batch.BatchRequestPart;
import org.apache.olingo.server.api.deserializer.batch.ODataResponsePart;
import org.apache.olingo.server.api.processor.ActionComplexProcessor;
import org.apache.olingo.server.api.processor.BatchProcessor;
import org.apache.olingo.server.api.processor.ComplexProcessor;
import org.apache.olingo.server.api.processor.EntityCollectionProcessor;
import org.apache.olingo.server.api.processor.EntityProcessor;
import org.apache.olingo.server.api.serializer.ComplexSerializerOptions;
import org.apache.olingo.server.api.serializer.EntityCollectionSerializerOptions;
import org.apache.olingo.server.api.serializer.EntitySerializerOptions;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.api.uri.UriParameter;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceAction;
import org.apache.olingo.server.api.uri.UriResourceEntitySet;
import org.apache.olingo.server.api.uri.UriResourceFunction;
import org.apache.olingo.server.api.uri.UriResourceNavigation;

/** What Olingo hands over once it has found a request well-formed; for one request and the parts of its batch. */
final class DataverseProcessor
        implements EntityProcessor,
                EntityCollectionProcessor,
                ComplexProcessor,
                ActionComplexProcessor,
                BatchProcessor {
    private static final int MOST_PARTS = 1000;

    private final Environment environment;
    private final DataverseEdm edm;
    private final List<String> faults;
    private final String origin;
    private final LeadTable table;
    private OData odata;
    private ServiceMetadata metadata;

    DataverseProcessor(Environment environment, LeadTable table, DataverseEdm edm, List<String> faults, String origin) {
        this.environment = environment;
        this.table = table;
        this.edm = edm;
        this.faults = faults;
        this.origin = origin;
    }

    @Override
    public void init(OData newOdata, ServiceMetadata newMetadata) {
        odata = newOdata;
        metadata = newMetadata;
    }

    // ---- leads

    @Override
    public void createEntity(ODataRequest request, ODataResponse response, UriInfo uri, ContentType in, ContentType out)
            throws ODataApplicationException, ODataLibraryException {
        Entity lead = entity(request, uri, in);
        created(response, table.insert(LeadTable.id(lead), lead));
    }

    @Override
    public void updateEntity(ODataRequest request, ODataResponse response, UriInfo uri, ContentType in, ContentType out)
            throws ODataApplicationException, ODataLibraryException {
        if (!"*".equals(request.getHeader("If-None-Match"))) {
            faults.add("an upsert, which overwrites: " + request.getMethod());
            throw new DataverseFault(400, "0x80040203", "This test wants insert-only requests.");
        }
        UUID id = key(uri);
        Entity lead = entity(request, uri, in);
        if (environment.leads.containsKey(id)) {
            throw new DataverseFault(412, "", "A record with matching key values already exists.");
        }
        created(response, table.insert(id, lead));
    }

    private void created(ODataResponse response, UUID id) {
        response.setStatusCode(204);
        response.setHeader("OData-EntityId", origin + "/api/data/v9.2/leads(" + id + ")");
        response.setHeader("Location", origin + "/api/data/v9.2/leads(" + id + ")");
        response.setHeader("OData-Version", "4.0");
    }

    private Entity entity(ODataRequest request, UriInfo uri, ContentType format) throws ODataLibraryException {
        EdmEntityType type = ((UriResourceEntitySet) uri.getUriResourceParts().get(0)).getEntityType();
        return odata.createDeserializer(format).entity(request.getBody(), type).getEntity();
    }

    private static UUID key(UriInfo uri) {
        UriResourceEntitySet set =
                (UriResourceEntitySet) uri.getUriResourceParts().get(0);
        return UUID.fromString(set.getKeyPredicates().get(0).getText());
    }

    @Override
    public void readEntity(ODataRequest request, ODataResponse response, UriInfo uri, ContentType out)
            throws ODataApplicationException, ODataLibraryException {
        UUID id = existing(uri, environment.mayRead, "prvReadLead");
        Entity lead = new Entity();
        lead.addProperty(new Property(null, "leadid", ValueType.PRIMITIVE, id));
        environment
                .leads
                .get(id)
                .forEach((name, value) -> lead.addProperty(new Property(null, name, ValueType.PRIMITIVE, value)));
        EdmEntityType type = ((UriResourceEntitySet) uri.getUriResourceParts().get(0)).getEntityType();
        response.setContent(odata.createSerializer(out)
                .entity(
                        metadata,
                        type,
                        lead,
                        EntitySerializerOptions.with()
                                .contextURL(context(type))
                                .select(uri.getSelectOption())
                                .build())
                .getContent());
        ok(response, out);
    }

    @Override
    public void deleteEntity(ODataRequest request, ODataResponse response, UriInfo uri)
            throws ODataApplicationException {
        environment.leads.remove(existing(uri, environment.mayDelete, "prvDeleteLead"));
        response.setStatusCode(204);
    }

    private UUID existing(UriInfo uri, boolean allowed, String privilege) throws DataverseFault {
        UUID id = key(uri);
        if (!allowed) {
            throw new DataverseFault(403, "0x80040220", "Principal user is missing " + privilege + " privilege");
        }
        if (!environment.leads.containsKey(id)) {
            throw new DataverseFault(404, "0x80040217", "lead With Id = " + id + " Does Not Exist");
        }
        return id;
    }

    @Override
    public void processActionComplex(
            ODataRequest request, ODataResponse response, UriInfo uri, ContentType in, ContentType out)
            throws ODataApplicationException, ODataLibraryException {
        if (!environment.hasCreateMultiple) {
            throw new DataverseFault(
                    404, "0x8006088a", "Resource not found for the segment 'Microsoft.Dynamics.CRM.CreateMultiple'.");
        }
        List<UriResource> parts = uri.getUriResourceParts();
        UriResourceAction action = (UriResourceAction) parts.get(parts.size() - 1);
        Map<String, Parameter> parameters = odata.createDeserializer(in)
                .actionParameters(request.getBody(), action.getAction())
                .getActionParameters();
        EntityCollection targets = (EntityCollection) parameters.get("Targets").getValue();
        Property ids =
                new Property(null, "Ids", ValueType.COLLECTION_PRIMITIVE, table.insertAll(targets.getEntities()));
        complex(response, DataverseEdm.CREATE_MULTIPLE_RESPONSE.getName(), List.of(ids), action.getType(), out);
    }

    // ---- functions and metadata

    @Override
    public void readComplex(ODataRequest request, ODataResponse response, UriInfo uri, ContentType out)
            throws ODataApplicationException, ODataLibraryException {
        List<UriResource> parts = uri.getUriResourceParts();
        UriResourceFunction function = (UriResourceFunction) parts.get(parts.size() - 1);
        String name = function.getFunction().getName();
        if (!name.equals("WhoAmI")) {
            mayLook();
        }
        List<Property> values = switch (name) {
            case "WhoAmI" ->
                List.of(
                        primitive("BusinessUnitId", Environment.USER),
                        primitive("UserId", Environment.USER),
                        primitive("OrganizationId", Environment.USER));
            case "RetrieveUserPrivilegeByPrivilegeName" -> List.of(rolePrivileges(function.getParameters()));
            default -> List.of(attributePrivileges());
        };
        complex(response, name + "Response", values, function.getType(), out);
    }

    private void mayLook() throws DataverseFault {
        if (!environment.mayLook) {
            throw new DataverseFault(403, "0x80040220", "Principal user is missing prvReadEntity privilege");
        }
    }

    private Property rolePrivileges(List<UriParameter> parameters) {
        String name = parameters.get(0).getText().replace("'", "");
        List<ComplexValue> held = new ArrayList<>();
        if (environment.mayCreate && name.equals("prvCreateLead")) {
            ComplexValue privilege = new ComplexValue();
            privilege.getValue().add(primitive("PrivilegeName", name));
            held.add(privilege);
        }
        return new Property(null, "RolePrivileges", ValueType.COLLECTION_COMPLEX, held);
    }

    private Property attributePrivileges() {
        List<ComplexValue> held = new ArrayList<>();
        for (String column : environment.secured) {
            ComplexValue privilege = new ComplexValue();
            privilege.getValue().add(primitive("AttributeId", metadataId(column)));
            privilege.getValue().add(primitive("CanCreate", environment.settable.contains(column) ? 4 : 0));
            held.add(privilege);
        }
        return new Property(null, "AttributePrivileges", ValueType.COLLECTION_COMPLEX, held);
    }

    private static UUID metadataId(String column) {
        return UUID.nameUUIDFromBytes(column.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void readEntityCollection(ODataRequest request, ODataResponse response, UriInfo uri, ContentType out)
            throws ODataApplicationException, ODataLibraryException {
        mayLook();
        List<UriResource> parts = uri.getUriResourceParts();
        UriResourceNavigation attributes = (UriResourceNavigation) parts.get(1);
        EdmType filter = attributes.getTypeFilterOnCollection();
        EdmEntityType type = (EdmEntityType) (filter != null ? filter : attributes.getType());
        EntityCollection all = new EntityCollection();
        edm.texts.forEach((column, most) -> {
            boolean memo = column.equals("description");
            var kind = memo ? DataverseEdm.MEMO_METADATA : DataverseEdm.STRING_METADATA;
            if (filter == null || filter.getFullQualifiedName().equals(kind)) {
                Entity one = attribute(column);
                if (filter != null) {
                    one.setType(kind.getFullQualifiedNameAsString());
                    one.addProperty(primitive("MaxLength", most));
                }
                all.getEntities().add(one);
            }
        });
        if (filter == null) {
            edm.others.keySet().forEach(column -> all.getEntities().add(attribute(column)));
        }
        response.setContent(odata.createSerializer(out)
                .entityCollection(
                        metadata,
                        type,
                        all,
                        EntityCollectionSerializerOptions.with()
                                .contextURL(context(type))
                                .select(uri.getSelectOption())
                                .build())
                .getContent());
        ok(response, out);
    }

    private Entity attribute(String column) {
        Entity one = new Entity();
        one.addProperty(primitive("MetadataId", metadataId(column)));
        one.addProperty(primitive("LogicalName", column));
        one.addProperty(primitive("IsSecured", environment.secured.contains(column)));
        return one;
    }

    private void complex(ODataResponse response, String name, List<Property> values, EdmType type, ContentType out)
            throws ODataLibraryException {
        ComplexValue value = new ComplexValue();
        value.getValue().addAll(values);
        response.setContent(odata.createSerializer(out)
                .complex(
                        metadata,
                        (EdmComplexType) type,
                        new Property(null, name, ValueType.COMPLEX, value),
                        ComplexSerializerOptions.with()
                                .contextURL(context(type))
                                .build())
                .getContent());
        ok(response, out);
    }

    private ContextURL context(EdmType type) {
        return ContextURL.with()
                .serviceRoot(URI.create(origin + "/api/data/v9.2/"))
                .type(type)
                .build();
    }

    private static Property primitive(String name, Object value) {
        return new Property(null, name, ValueType.PRIMITIVE, value);
    }

    private static void ok(ODataResponse response, ContentType out) {
        response.setStatusCode(200);
        response.setHeader("Content-Type", out.toContentTypeString());
        response.setHeader("OData-Version", "4.0");
    }

    // ---- batches

    @Override
    public void processBatch(BatchFacade facade, ODataRequest request, ODataResponse response)
            throws ODataApplicationException, ODataLibraryException {
        String boundary = facade.extractBoundaryFromContentType(request.getHeader("Content-Type"));
        BatchOptions options = BatchOptions.with()
                .rawBaseUri(request.getRawBaseUri())
                .rawServiceResolutionUri(request.getRawServiceResolutionUri())
                .build();
        List<BatchRequestPart> parts =
                odata.createFixedFormatDeserializer().parseBatchRequest(request.getBody(), boundary, options);
        if (parts.size() > MOST_PARTS) {
            throw new DataverseFault(400, "0x80048d19", "The batch has more than 1000 operations.");
        }
        boolean goesOn = String.valueOf(request.getHeader("Prefer")).contains("odata.continue-on-error");
        List<ODataResponsePart> answers = new ArrayList<>();
        for (BatchRequestPart part : parts) {
            ODataResponsePart answer = facade.handleBatchRequest(part);
            answers.add(answer);
            if (!goesOn && answer.getResponses().get(0).getStatusCode() >= 400) {
                break;
            }
        }
        String name = "batchresponse_" + UUID.randomUUID();
        response.setContent(odata.createFixedFormatSerializer().batchResponse(answers, name));
        response.setHeader("Content-Type", "multipart/mixed; boundary=" + name);
        response.setStatusCode(200);
    }

    @Override
    public ODataResponsePart processChangeSet(BatchFacade facade, List<ODataRequest> requests)
            throws ODataApplicationException {
        throw new DataverseFault(400, "0x80060888", "This test knows no change sets.");
    }

    @Override
    public void updateComplex(
            ODataRequest request, ODataResponse response, UriInfo uri, ContentType in, ContentType out)
            throws ODataApplicationException {
        throw new DataverseFault(405, "", "not allowed");
    }

    @Override
    public void deleteComplex(ODataRequest request, ODataResponse response, UriInfo uri)
            throws ODataApplicationException {
        throw new DataverseFault(405, "", "not allowed");
    }
}
