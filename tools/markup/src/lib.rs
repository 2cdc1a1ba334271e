//! The `view!` macro of the console.
//!
//! It takes the same markup as the macro of Leptos and turns it into calls of the console's own renderer
//! (`runboard::dom`) instead. The reason is size: Leptos compiles a type of its own for every element with its
//! attributes and children, which made two thirds of the program; calls of a few functions with the names as data do
//! the same work in a fraction of the bytes. Components, properties, signals and contexts stay those of Leptos.

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement};
use rstml::{Parser, ParserConfig};
use syn::Stmt;
use syn::spanned::Spanned;

/// Elements that must be made in the namespace of SVG.
const SVG: [&str; 2] = ["svg", "use"];

/// Markup to a `runboard::dom::Node`. Attributes are `name=value`; `on:event=handler`, `prop:name=value`,
/// `class:name=condition`, `style:name=value` and `node_ref=slot` are as in Leptos. Names in upper case are components.
#[proc_macro]
pub fn view(markup: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let parser = Parser::new(ParserConfig::default());
    let (nodes, errors) = parser.parse_recoverable(TokenStream::from(markup)).split_vec();
    let errors = errors.into_iter().map(|error| error.emit_as_expr_tokens());
    let node = several(&nodes);
    quote! {{ #(#errors;)* #node }}.into()
}

/// One node stands for itself, several are joined.
fn several(nodes: &[Node]) -> TokenStream {
    let parts: Vec<TokenStream> = nodes.iter().filter_map(part).collect();
    match parts.as_slice() {
        [one] => quote! { ::runboard::dom::IntoNode::into_node(#one) },
        _ => quote! { ::runboard::dom::nodes(vec![#(::runboard::dom::IntoNode::into_node(#parts)),*]) },
    }
}

/// An expression that becomes a node; nothing for comments.
fn part(node: &Node) -> Option<TokenStream> {
    match node {
        Node::Element(found) => Some(if is_component(found) { component(found) } else { element(found) }),
        Node::Block(block) => Some(bare(block)),
        Node::Text(text) => {
            let text = &text.value;
            Some(quote! { #text })
        }
        Node::Fragment(fragment) => Some(several(&fragment.children)),
        Node::RawText(text) => Some(refuse(text.span(), "text stands in quotes, or comes from `text`")),
        Node::Comment(_) => None,
        Node::Doctype(_) | Node::Custom(_) => Some(refuse(node.span(), "only elements, components and blocks")),
    }
}

/// A block that is one expression stands without its braces, which the compiler would call unnecessary.
fn bare(block: &NodeBlock) -> TokenStream {
    match block {
        NodeBlock::ValidBlock(valid) => match valid.stmts.as_slice() {
            [Stmt::Expr(expression, None)] => quote! { #expression },
            _ => quote! { #valid },
        },
        NodeBlock::Invalid(invalid) => quote! { #invalid },
    }
}

fn is_component(element: &NodeElement<rstml::Infallible>) -> bool {
    element.name().to_string().starts_with(char::is_uppercase)
}

fn element(found: &NodeElement<rstml::Infallible>) -> TokenStream {
    let name = found.name().to_string();
    let make = if SVG.contains(&name.as_str()) {
        quote! { svg }
    } else {
        quote! { new }
    };
    let attributes = found.attributes().iter().map(|attribute| match attribute {
        NodeAttribute::Attribute(attribute) => set(attribute),
        NodeAttribute::Block(block) => refuse(block.span(), "an attribute needs a name"),
    });
    let children = found.children.iter().filter_map(part);
    quote! {{
        let __element = ::runboard::dom::Element::#make(#name);
        #(#attributes;)*
        #(__element.child(#children);)*
        __element
    }}
}

fn set(attribute: &KeyedAttribute) -> TokenStream {
    let key = attribute.key.to_string();
    let value = attribute.value().map_or_else(|| quote! { true }, |value| quote! { #value });
    match key.split_once(':') {
        Some(("on", event)) => quote! { __element.on(#event, #value) },
        Some(("prop", name)) => quote! { __element.prop(#name, #value) },
        Some(("class", name)) => quote! { __element.class(#name, #value) },
        Some(("style", name)) => quote! { __element.style(#name, #value) },
        Some(_) => refuse(attribute.key.span(), "known prefixes are on:, prop:, class: and style:"),
        None if key == "node_ref" => quote! { __element.keep(#value) },
        None => quote! { __element.attr(#key, #value) },
    }
}

fn component(found: &NodeElement<rstml::Infallible>) -> TokenStream {
    let name = found.name();
    let properties = found.attributes().iter().map(|attribute| match attribute {
        NodeAttribute::Attribute(attribute) => {
            let key = syn::Ident::new(&attribute.key.to_string(), attribute.key.span());
            let value = attribute.value().map_or_else(|| quote! { true }, |value| quote! { #value });
            quote! { .#key(#value) }
        }
        NodeAttribute::Block(block) => refuse(block.span(), "a property needs a name"),
    });
    let children = (!found.children.is_empty()).then(|| {
        let children = several(&found.children);
        quote! { .children(::runboard::dom::children(move || #children)) }
    });
    quote! {
        ::leptos::component::component_view(
            &#name,
            ::leptos::component::component_props_builder(&#name) #(#properties)* #children .build()
        )
    }
}

fn refuse(span: proc_macro2::Span, why: &str) -> TokenStream {
    syn::Error::new(span, why).to_compile_error()
}
