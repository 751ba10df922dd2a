package io.leaddispatch.dynamics.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlAbstractEdmProvider;
import org.apache.olingo.commons.api.edm.provider.CsdlAction;
import org.apache.olingo.commons.api.edm.provider.CsdlComplexType;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainer;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainerInfo;
import org.apache.olingo.commons.api.edm.provider.CsdlEntitySet;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityType;
import org.apache.olingo.commons.api.edm.provider.CsdlFunction;
import org.apache.olingo.commons.api.edm.provider.CsdlFunctionImport;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlParameter;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlPropertyRef;
import org.apache.olingo.commons.api.edm.provider.CsdlReturnType;
import org.apache.olingo.commons.api.edm.provider.CsdlSchema;

/** The part of Dataverse's model that leads and their check touch. Lengths may be changed while it runs. */
final class DataverseEdm extends CsdlAbstractEdmProvider {
    static final String NAMESPACE = "Microsoft.Dynamics.CRM";
    static final FullQualifiedName LEAD = name("lead");
    static final FullQualifiedName CREATE_MULTIPLE = name("CreateMultiple");
    static final FullQualifiedName CREATE_MULTIPLE_RESPONSE = name("CreateMultipleResponse");
    static final FullQualifiedName CONTAINER = name("System");
    private static final FullQualifiedName USER = name("systemuser");
    private static final FullQualifiedName ENTITY_METADATA = name("EntityMetadata");
    private static final FullQualifiedName ATTRIBUTE_METADATA = name("AttributeMetadata");
    static final FullQualifiedName STRING_METADATA = name("StringAttributeMetadata");
    static final FullQualifiedName MEMO_METADATA = name("MemoAttributeMetadata");

    /** Text columns and their lengths. */
    final Map<String, Integer> texts = new LinkedHashMap<>();

    /** Other columns. */
    final Map<String, EdmPrimitiveTypeKind> others = new LinkedHashMap<>();

    DataverseEdm() {
        texts.put("subject", 300);
        texts.put("firstname", 50);
        texts.put("middlename", 50);
        texts.put("lastname", 50);
        texts.put("companyname", 100);
        texts.put("jobtitle", 100);
        texts.put("emailaddress1", 100);
        texts.put("telephone1", 50);
        texts.put("mobilephone", 20);
        texts.put("address1_country", 80);
        texts.put("address1_city", 80);
        texts.put("websiteurl", 200);
        texts.put("description", 2000);
        others.put("leadsourcecode", EdmPrimitiveTypeKind.Int32);
        others.put("leadqualitycode", EdmPrimitiveTypeKind.Int32);
        others.put("numberofemployees", EdmPrimitiveTypeKind.Int32);
        for (String flag :
                List.of("donotemail", "donotphone", "donotbulkemail", "donotpostalmail", "donotfax", "donotsendmm")) {
            others.put(flag, EdmPrimitiveTypeKind.Boolean);
        }
    }

    private static FullQualifiedName name(String local) {
        return new FullQualifiedName(NAMESPACE, local);
    }

    @Override
    public CsdlEntityType getEntityType(FullQualifiedName type) {
        if (type.equals(LEAD)) {
            List<CsdlProperty> properties = new ArrayList<>();
            properties.add(property("leadid", EdmPrimitiveTypeKind.Guid));
            texts.forEach((column, most) ->
                    properties.add(property(column, EdmPrimitiveTypeKind.String).setMaxLength(most)));
            others.forEach((column, kind) -> properties.add(property(column, kind)));
            return entity("lead", "leadid").setProperties(properties);
        }
        if (type.equals(USER)) {
            return entity("systemuser", "systemuserid")
                    .setProperties(List.of(property("systemuserid", EdmPrimitiveTypeKind.Guid)));
        }
        if (type.equals(ENTITY_METADATA)) {
            return entity("EntityMetadata", "LogicalName")
                    .setProperties(List.of(property("LogicalName", EdmPrimitiveTypeKind.String)))
                    .setNavigationProperties(List.of(new CsdlNavigationProperty()
                            .setName("Attributes")
                            .setType(ATTRIBUTE_METADATA)
                            .setCollection(true)
                            .setContainsTarget(true)));
        }
        if (type.equals(ATTRIBUTE_METADATA)) {
            return entity("AttributeMetadata", "MetadataId")
                    .setProperties(List.of(
                            property("MetadataId", EdmPrimitiveTypeKind.Guid),
                            property("LogicalName", EdmPrimitiveTypeKind.String),
                            property("IsSecured", EdmPrimitiveTypeKind.Boolean)));
        }
        if (type.equals(STRING_METADATA) || type.equals(MEMO_METADATA)) {
            return new CsdlEntityType()
                    .setName(type.getName())
                    .setBaseType(ATTRIBUTE_METADATA)
                    .setProperties(List.of(property("MaxLength", EdmPrimitiveTypeKind.Int32)));
        }
        return null;
    }

    private static CsdlEntityType entity(String name, String key) {
        return new CsdlEntityType().setName(name).setKey(List.of(new CsdlPropertyRef().setName(key)));
    }

    private static CsdlProperty property(String name, EdmPrimitiveTypeKind kind) {
        return new CsdlProperty().setName(name).setType(kind.getFullQualifiedName());
    }

    private static CsdlProperty many(String name, FullQualifiedName type) {
        return new CsdlProperty().setName(name).setType(type).setCollection(true);
    }

    @Override
    public CsdlComplexType getComplexType(FullQualifiedName type) {
        List<CsdlProperty> properties = switch (type.getName()) {
            case "CreateMultipleResponse" ->
                List.of(property("Ids", EdmPrimitiveTypeKind.Guid).setCollection(true));
            case "WhoAmIResponse" ->
                List.of(
                        property("BusinessUnitId", EdmPrimitiveTypeKind.Guid),
                        property("UserId", EdmPrimitiveTypeKind.Guid),
                        property("OrganizationId", EdmPrimitiveTypeKind.Guid));
            case "RetrieveUserPrivilegeByPrivilegeNameResponse" ->
                List.of(many("RolePrivileges", name("RolePrivilege")));
            case "RolePrivilege" -> List.of(property("PrivilegeName", EdmPrimitiveTypeKind.String));
            case "RetrievePrincipalAttributePrivilegesResponse" ->
                List.of(many("AttributePrivileges", name("AttributePrivilege")));
            case "AttributePrivilege" ->
                List.of(
                        property("AttributeId", EdmPrimitiveTypeKind.Guid),
                        property("CanCreate", EdmPrimitiveTypeKind.Int32));
            default -> null;
        };
        return properties == null
                ? null
                : new CsdlComplexType().setName(type.getName()).setProperties(properties);
    }

    @Override
    public List<CsdlAction> getActions(FullQualifiedName action) {
        if (!action.equals(CREATE_MULTIPLE)) {
            return List.of();
        }
        return List.of(new CsdlAction()
                .setName(action.getName())
                .setBound(true)
                .setParameters(List.of(
                        new CsdlParameter()
                                .setName("entityset")
                                .setType(LEAD)
                                .setCollection(true)
                                .setNullable(false),
                        new CsdlParameter()
                                .setName("Targets")
                                .setType(LEAD)
                                .setCollection(true)
                                .setNullable(false)))
                .setReturnType(new CsdlReturnType().setType(CREATE_MULTIPLE_RESPONSE)));
    }

    @Override
    public List<CsdlFunction> getFunctions(FullQualifiedName function) {
        CsdlFunction made = new CsdlFunction()
                .setName(function.getName())
                .setReturnType(new CsdlReturnType().setType(name(function.getName() + "Response")));
        CsdlParameter user = new CsdlParameter().setName("entity").setType(USER).setNullable(false);
        return switch (function.getName()) {
            case "WhoAmI" -> List.of(made);
            case "RetrievePrincipalAttributePrivileges" ->
                List.of(made.setBound(true).setParameters(List.of(user)));
            case "RetrieveUserPrivilegeByPrivilegeName" ->
                List.of(made.setBound(true)
                        .setParameters(List.of(
                                user,
                                new CsdlParameter()
                                        .setName("PrivilegeName")
                                        .setType(EdmPrimitiveTypeKind.String.getFullQualifiedName()))));
            default -> List.of();
        };
    }

    @Override
    public CsdlEntitySet getEntitySet(FullQualifiedName container, String set) {
        return switch (set) {
            case "leads" -> new CsdlEntitySet().setName(set).setType(LEAD);
            case "systemusers" -> new CsdlEntitySet().setName(set).setType(USER);
            case "EntityDefinitions" -> new CsdlEntitySet().setName(set).setType(ENTITY_METADATA);
            default -> null;
        };
    }

    @Override
    public CsdlFunctionImport getFunctionImport(FullQualifiedName container, String function) {
        return function.equals("WhoAmI")
                ? new CsdlFunctionImport().setName(function).setFunction(name("WhoAmI"))
                : null;
    }

    @Override
    public CsdlEntityContainerInfo getEntityContainerInfo(FullQualifiedName container) {
        return container == null || container.equals(CONTAINER)
                ? new CsdlEntityContainerInfo().setContainerName(CONTAINER)
                : null;
    }

    @Override
    public CsdlEntityContainer getEntityContainer() {
        return new CsdlEntityContainer()
                .setName(CONTAINER.getName())
                .setEntitySets(List.of(
                        getEntitySet(CONTAINER, "leads"),
                        getEntitySet(CONTAINER, "systemusers"),
                        getEntitySet(CONTAINER, "EntityDefinitions")))
                .setFunctionImports(List.of(getFunctionImport(CONTAINER, "WhoAmI")));
    }

    @Override
    public List<CsdlSchema> getSchemas() {
        return List.of(new CsdlSchema()
                .setNamespace(NAMESPACE)
                .setEntityTypes(List.of(
                        getEntityType(LEAD),
                        getEntityType(USER),
                        getEntityType(ENTITY_METADATA),
                        getEntityType(ATTRIBUTE_METADATA),
                        getEntityType(STRING_METADATA),
                        getEntityType(MEMO_METADATA)))
                .setComplexTypes(List.of(
                        getComplexType(CREATE_MULTIPLE_RESPONSE),
                        getComplexType(name("WhoAmIResponse")),
                        getComplexType(name("RetrieveUserPrivilegeByPrivilegeNameResponse")),
                        getComplexType(name("RolePrivilege")),
                        getComplexType(name("RetrievePrincipalAttributePrivilegesResponse")),
                        getComplexType(name("AttributePrivilege"))))
                .setActions(getActions(CREATE_MULTIPLE))
                .setFunctions(List.of(
                        getFunctions(name("WhoAmI")).get(0),
                        getFunctions(name("RetrieveUserPrivilegeByPrivilegeName"))
                                .get(0),
                        getFunctions(name("RetrievePrincipalAttributePrivileges"))
                                .get(0)))
                .setEntityContainer(getEntityContainer()));
    }
}
